import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import type { UsageDay } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";

type Props = { history: UsageDay[] | ApiProblem; onRetry: () => void };

const COLUMNS = ["day", "questions", "pages", "tokens", "cost"] as const;

/** The last days' use, the newest first. */
export function HistoryTable({ history, onRetry }: Props) {
  const { t } = useTranslation("usage");
  return (
    <section aria-labelledby="history-title" className="grid gap-3">
      <h2 id="history-title" className="text-lg font-semibold">
        {t("history")}
      </h2>
      <HistoryBody history={history} onRetry={onRetry} />
    </section>
  );
}

function HistoryBody({ history, onRetry }: Props) {
  const { t } = useTranslation("usage");
  const { number, compact, money, day } = useQuantities();
  if (history instanceof ApiProblem) return <ProblemNote problem={history} onRetry={onRetry} />;
  if (history.length === 0) return <p className="text-soft">{t("historyEmpty")}</p>;
  return (
    <>
      <div className="overflow-x-auto">
        <table className="w-full text-end text-sm" aria-labelledby="history-title">
          <thead className="text-soft">
            <tr className="border-b border-line">
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className="px-3 py-2 font-medium first:pl-0 first:text-start">
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line [&_td]:px-3 [&_td]:py-2">
            {history.toReversed().map((of) => (
              <tr key={of.period}>
                <th scope="row" className="py-2 pr-3 text-start font-normal whitespace-nowrap">
                  <time dateTime={of.period}>{day(of.period)}</time>
                </th>
                <td>{number(of.questions)}</td>
                <td>{number(of.pages)}</td>
                <td>{compact(of.embedding_tokens + of.prompt_tokens + of.completion_tokens)}</td>
                <td>{money(of.cost.amount, of.cost.currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-sm text-soft">{t("historyNote")}</p>
    </>
  );
}
