import { cx } from "class-variance-authority";
import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/ui/button.tsx";
import { Field, INPUT } from "../../components/ui/field.tsx";
import { ChangeMark } from "../change-mark.tsx";
import { hasLine, TONES, toggleLine } from "../tones.ts";
import type { Editor } from "../use-editor.ts";

/** Characters the API takes. */
const MAX_PROMPT = 8_000;

/** What the model is told, and sentences for a tone that can be put into it or taken out. */
export function PromptField({ editor }: { editor: Editor }) {
  const { t } = useTranslation("assistants");
  const { draft, set } = editor;
  const prompt = draft.system_prompt;
  return (
    <div className="grid grid-cols-1 gap-3">
      <Field
        label={t("prompt")}
        hint={t("promptHint")}
        mark={<ChangeMark editor={editor} field="system_prompt" label={t("prompt")} />}
      >
        {(parts) => (
          <textarea
            {...parts}
            className={`${INPUT} field-sizing-content max-h-96 min-h-32`}
            value={prompt}
            maxLength={MAX_PROMPT}
            placeholder={t("promptPlaceholder")}
            onChange={({ currentTarget }) => set({ system_prompt: currentTarget.value })}
          />
        )}
      </Field>
      <fieldset className="flex flex-wrap items-center gap-1.5">
        <legend className="sr-only">{t("tones")}</legend>
        <span className="text-sm text-soft" aria-hidden="true">
          {t("tones")}
        </span>
        {TONES.map((tone) => {
          const line = t(`toneLines.${tone}`);
          const isIn = hasLine(prompt, line);
          return (
            <Button
              key={tone}
              size="small"
              title={line}
              aria-pressed={isIn}
              className={cx(isIn && "border-sea bg-sea-wash text-sea")}
              onClick={() => set({ system_prompt: toggleLine(prompt, line) })}
            >
              {isIn && <Check aria-hidden="true" />}
              {t(`toneNames.${tone}`)}
            </Button>
          );
        })}
      </fieldset>
    </div>
  );
}
