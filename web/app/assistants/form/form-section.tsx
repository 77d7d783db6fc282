import { type ReactNode, useId } from "react";

/** A part of the form under its heading. */
export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-5">
      <h2 id={id} className="border-b border-line pb-2 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
