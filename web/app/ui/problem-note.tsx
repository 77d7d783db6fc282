import type { ApiProblem } from "../api/problem.ts";
import { useLocale, useMessages } from "../i18n/messages.ts";

type Props = { problem: ApiProblem; title?: string; onRetry?: () => void };

/** What went wrong in the reader's language, the API's own words where they say more, and the way on. */
export function ProblemNote({ problem, title, onRetry }: Props) {
  const t = useMessages();
  const locale = useLocale();
  const { code, message, requestId } = problem;
  // The API's details are English: a French reader gets the catalogue's sentence first.
  const says = code === "invalid_request" || code === "quota_exceeded";
  return (
    <div className="problem" role="alert">
      <p>
        {title && <strong>{title}. </strong>}
        {locale === "en" && says && message ? message : t.problems[code]}
        {locale !== "en" && says && message && <span lang="en"> ({message})</span>}
      </p>
      {requestId && <p className="problem-id">{t.requestId(requestId)}</p>}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {t.retry}
        </button>
      )}
    </div>
  );
}
