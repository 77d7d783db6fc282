import { cx } from "class-variance-authority";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";

type Props = { title: string; className?: string; children: ReactNode };

/** What few need, folded under its title. */
export function Disclosure({ title, className, children }: Props) {
  return (
    <details className={cx("group", className)}>
      <summary className="flex min-h-11 list-none items-center gap-2 font-medium">
        <ChevronDown
          className="size-4 shrink-0 -rotate-90 text-soft transition-transform group-open:rotate-0"
          aria-hidden="true"
        />
        {title}
      </summary>
      {children}
    </details>
  );
}
