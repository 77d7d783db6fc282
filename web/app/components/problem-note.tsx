import { Link } from "@remix-run/react";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ApiProblem } from "../api/problem.ts";
import { useLocale } from "../i18n/use-locale.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { quotaWords } from "../plan/quota-words.ts";
import { Button } from "./ui/button.tsx";

type Props = { problem: ApiProblem; title?: string; onRetry?: () => void; children?: ReactNode };

/** What went wrong in the reader's language, the API's own words where they say more, and the way on. */
export function ProblemNote({ problem, title, onRetry, children }: Props) {
  const { t } = useTranslation();
  const usage = useTranslation("usage");
  const quantities = useQuantities();
  const { requestId, quota } = problem;
  return (
    <div className="flex gap-3 rounded-xl bg-red-wash p-3.5 text-sm" role="alert">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-red" aria-hidden="true" />
      <div className="grid min-w-0 justify-items-start gap-2">
        <p>
          {title && <strong>{title}. </strong>}
          {(quota && quotaWords(quota, usage.t, quantities)) ?? <Words problem={problem} />}
        </p>
        {children}
        {quota && (
          <Link className="font-medium text-sea underline" to="/plan">
            {usage.t("seePlan")}
          </Link>
        )}
        {requestId && <p className="text-xs break-all text-soft">{t("requestId", { id: requestId })}</p>}
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

function Words({ problem: { code, message } }: { problem: ApiProblem }) {
  const { t } = useTranslation("problems");
  const locale = useLocale();
  // The API's details are English: a French reader gets the catalogue's sentence first.
  const says = message !== "" && (code === "invalid_request" || code === "quota_exceeded");
  return (
    <>
      {locale === "en" && says ? message : t(code)}
      {locale !== "en" && says && <span lang="en"> ({message})</span>}
    </>
  );
}
