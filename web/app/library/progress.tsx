/** How far something is, as a thin bar; without a value it only says that it goes on. */
export function Progress({ label, value, max = 1 }: { label: string; value?: number; max?: number }) {
  return (
    <progress
      aria-label={label}
      {...(value === undefined ? {} : { value })}
      max={max}
      className="h-1.5 w-full max-w-xs appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-sea [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-sea [&:indeterminate]:animate-breathe"
    />
  );
}
