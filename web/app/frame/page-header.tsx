import type { ReactNode } from "react";

type Props = { title: ReactNode; before?: ReactNode; children?: ReactNode };

/** A page's title and, at its other end, what can be done there; before it, the way back. */
export function PageHeader({ title, before, children }: Props) {
  return (
    <header
      data-screen
      className="flex min-h-14 shrink-0 items-center gap-2 border-b border-line px-4 py-2 sm:px-6"
    >
      {before}
      <h1 className="min-w-0 flex-1 text-lg font-semibold break-words max-sm:line-clamp-2 max-sm:leading-tight sm:truncate">
        {title}
      </h1>
      {children}
    </header>
  );
}
