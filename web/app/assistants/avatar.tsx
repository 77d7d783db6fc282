import { cx } from "class-variance-authority";

/** An assistant's first letter; its name always stands beside it. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "grid shrink-0 place-items-center rounded-full bg-sea font-semibold text-on-sea",
        className ?? "size-10 text-lg",
      )}
    >
      {[...name.trim()][0]?.toLocaleUpperCase() ?? "?"}
    </span>
  );
}
