import { Link } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import type { ApiProblem } from "../api/problem.ts";
import { AnchorMark } from "./anchor-mark.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { buttonStyle } from "./ui/button.tsx";

type Props = { title: string; hint?: string; problem?: ApiProblem; onRetry?: () => void };

/** In the place of a page that can't be shown. */
export function ProblemPage({ title, hint, problem, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <main id="content" tabIndex={-1} className="grid min-h-full flex-1 place-items-center p-6">
      <div className="grid max-w-md justify-items-start gap-4">
        <AnchorMark className="size-10" />
        <h1 className="text-2xl font-semibold">{title}</h1>
        {hint && <p className="text-soft">{hint}</p>}
        {problem && <ProblemNote problem={problem} {...(onRetry ? { onRetry } : {})} />}
        <Link to="/" className={buttonStyle()}>
          {t("backHome")}
        </Link>
      </div>
    </main>
  );
}
