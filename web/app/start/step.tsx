import { cx } from "class-variance-authority";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

type Props = { number: number; title: string; state: "ahead" | "now" | "done"; children?: ReactNode };

/** One of the first steps: its number, a check once it is done, and what there is to do. */
export function Step({ number, title, state, children }: Props) {
  return (
    <li className="grid grid-cols-[2rem_1fr] gap-x-3.5" aria-current={state === "now" ? "step" : undefined}>
      <span
        aria-hidden="true"
        className={cx(
          "grid size-8 place-items-center rounded-full text-sm font-semibold",
          state === "now" && "bg-sea text-on-sea",
          state === "done" && "bg-sea-wash text-sea",
          state === "ahead" && "border border-line text-soft",
        )}
      >
        {state === "done" ? <Check className="size-4" /> : number}
      </span>
      <div className="grid min-w-0 grid-cols-1 content-start gap-3 pt-0.5">
        <h2 className={cx("text-lg font-semibold", state === "ahead" && "text-soft")}>{title}</h2>
        {children}
      </div>
    </li>
  );
}
