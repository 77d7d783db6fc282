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
    <div className="relative flex gap-3 rounded-lg px-2 hover:bg-sea-wash">
      <input
        id={id}
        type={kind}
        className="relative z-10 mt-3 size-4 shrink-0 accent-sea"
        checked={isTicked}
        disabled={isDisabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      <div className="min-w-0 flex-1 py-2 pointer-coarse:py-2.5">
        <label htmlFor={id} className="cursor-pointer break-words after:absolute after:inset-0">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
