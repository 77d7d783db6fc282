import { cx } from "class-variance-authority";

/** A piece of the shape to come; shows after a moment, so that short waits show nothing. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span className={cx("block h-4 animate-breathe rounded bg-line [animation-delay:150ms]", className)} />
  );
}
