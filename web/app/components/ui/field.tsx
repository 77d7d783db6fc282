import { cx } from "class-variance-authority";
import { type ReactNode, useId } from "react";

/** How everything looks that one types or chooses in. */
export const INPUT =
  "w-full min-w-0 rounded-lg border border-control bg-surface px-3 py-2 text-ink outline-none transition-colors focus:border-sea focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-sea disabled:cursor-not-allowed disabled:border-line disabled:text-soft pointer-coarse:min-h-11";

type Parts = { id: string; "aria-describedby": string };

type Props = {
  label: string;
  hint?: string;
  /** Stands at the label's other end. */
  mark?: ReactNode;
  /** The input, given what ties it to its label and hint. */
  children: (parts: Parts) => ReactNode;
};

/** A label, what it is about, and its input. */
export function Field({ label, hint, mark, children }: Props) {
  const id = useId();
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <div className="flex min-h-6 items-center gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {mark}
      </div>
      {children({ id, "aria-describedby": `${id}-hint` })}
      <p id={`${id}-hint`} className={cx("text-sm text-soft", !hint && "hidden")}>
        {hint}
      </p>
    </div>
  );
}

type GroupProps = { label: string; hint?: string; mark?: ReactNode; children: ReactNode };

/** Several inputs under one label. */
export function FieldGroup({ label, hint, mark, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={hint ? id : undefined} className="grid min-w-0 grid-cols-1 gap-1.5">
      {/* A legend takes no part in its fieldset's layout, so the label is shown beside it. */}
      <legend className="sr-only">{label}</legend>
      <div className="flex min-h-6 items-center gap-3">
        <span className="font-medium" aria-hidden="true">
          {label}
        </span>
        {mark}
      </div>
      {hint && (
        <p id={id} className="text-sm text-soft">
          {hint}
        </p>
      )}
      {children}
    </fieldset>
  );
}
