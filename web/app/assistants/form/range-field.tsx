import { Field } from "../../components/ui/field.tsx";
import { useLocale } from "../../i18n/use-locale.ts";
import { ChangeMark } from "../change-mark.tsx";
import type { Editor } from "../use-editor.ts";

type Props = {
  editor: Editor;
  field: "temperature" | "top_k";
  words: { label: string; hint: string };
  range: { min: number; max: number; step: number };
};

/** A number within bounds, as a slider with its value beside it. */
export function RangeField({ editor, field, words, range }: Props) {
  const value = editor.draft[field];
  const shown = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 1 }).format(value);
  return (
    <Field {...words} mark={<ChangeMark editor={editor} field={field} label={words.label} />}>
      {(parts) => (
        <div className="flex min-h-11 items-center gap-4">
          <input
            {...parts}
            {...range}
            type="range"
            className="min-w-0 flex-1 accent-sea"
            value={value}
            aria-valuetext={shown}
            onChange={({ currentTarget }) => editor.set({ [field]: currentTarget.valueAsNumber })}
          />
          <output htmlFor={parts.id} className="w-8 text-end font-medium">
            {shown}
          </output>
        </div>
      )}
    </Field>
  );
}
