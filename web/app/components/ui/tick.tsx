import { useId } from "react";

type Props = {
  kind?: "checkbox" | "radio";
  label: string;
  hint?: string;
  isTicked: boolean;
  isDisabled?: boolean;
  onTick: (isTicked: boolean) => void;
};

/** Something that is chosen or not, the whole line pressable. */
export function Tick({ kind = "checkbox", label, hint, isTicked, isDisabled = false, onTick }: Props) {
  const id = useId();
  return (
    <div className="flex gap-3 rounded-lg px-2 hover:bg-sea-wash">
      <input
        id={id}
        type={kind}
        className="mt-3 size-4 shrink-0 accent-sea"
        checked={isTicked}
        disabled={isDisabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      <label htmlFor={id} className="min-w-0 flex-1 cursor-pointer py-2 pointer-coarse:py-2.5">
        <span className="break-words">{label}</span>
        {hint && (
          <span id={`${id}-hint`} className="block text-sm text-soft">
            {hint}
          </span>
        )}
      </label>
    </div>
  );
}
