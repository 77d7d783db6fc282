import { ApiProblem } from "../api/problem.ts";
import type { UsageDay } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";
import { ProblemNote } from "../ui/problem-note.tsx";

type Props = { history: UsageDay[] | ApiProblem; onRetry: () => void };

/** The last days' use, the newest first. */
export function HistoryTable({ history, onRetry }: Props) {
  const { plan: t } = useMessages();
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title">{t.history}</h2>
      <HistoryBody history={history} onRetry={onRetry} />
    </section>
  );
}

function HistoryBody({ history, onRetry }: Props) {
  const { plan: t } = useMessages();
  if (history instanceof ApiProblem) return <ProblemNote problem={history} onRetry={onRetry} />;
  if (history.length === 0) return <p className="soft">{t.historyEmpty}</p>;
  const { columns } = t;
  return (
    <>
      <table className="figures" aria-labelledby="history-title">
        <thead>
          <tr>
            {[columns.day, columns.questions, columns.pages, columns.tokens, columns.cost].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.toReversed().map((day) => (
            <tr key={day.period}>
              <th scope="row">
                <time dateTime={day.period}>{t.day(day.period)}</time>
              </th>
              <td>{t.amount("questions", day.questions)}</td>
              <td>{t.amount("pages", day.pages)}</td>
              <td>{t.compact(day.embedding_tokens + day.prompt_tokens + day.completion_tokens)}</td>
              <td>{t.money(day.cost.amount, day.cost.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{t.historyNote}</p>
    </>
  );
}
