import { cx } from "class-variance-authority";

type Props = { label: string; value?: number; max?: number; isWide?: boolean };

/** How far something is, as a thin bar; without a value it only says that it goes on. */
export function Progress({ label, value, max = 1, isWide = false }: Props) {
  return (
    <progress
      aria-label={label}
      {...(value === undefined ? {} : { value })}
      max={max}
      className={cx(
        "h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-sea [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-sea [&:indeterminate]:animate-breathe",
        !isWide && "max-w-xs",
      )}
    />
  );
}
