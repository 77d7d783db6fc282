import { Link } from "@remix-run/react";
import type { ApiProblem } from "../api/problem.ts";
import { useLocale, useMessages } from "../i18n/messages.ts";

type Props = { problem: ApiProblem; title?: string; onRetry?: () => void };

/** What went wrong in the reader's language, the API's own words where they say more, and the way on. */
export function ProblemNote({ problem, title, onRetry }: Props) {
  const t = useMessages();
  const { requestId, quota } = problem;
  const limit = quota && t.plan.quota(quota);
  return (
    <div className="problem" role="alert">
      <p>
        {title && <strong>{title}. </strong>}
        {limit ?? <Words problem={problem} />}
      </p>
      {quota && <Link to="/plan">{t.plan.seePlan}</Link>}
      {requestId && <p className="problem-id">{t.requestId(requestId)}</p>}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {t.retry}
        </button>
      )}
    </div>
  );
}

function Words({ problem: { code, message } }: { problem: ApiProblem }) {
  const t = useMessages();
  const locale = useLocale();
  // The API's details are English: a French reader gets the catalogue's sentence first.
  const says = message !== "" && (code === "invalid_request" || code === "quota_exceeded");
  return (
    <>
      {locale === "en" && says ? message : t.problems[code]}
      {locale !== "en" && says && <span lang="en"> ({message})</span>}
    </>
  );
}
