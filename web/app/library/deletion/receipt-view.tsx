import { CircleCheck, Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Deletion } from "../../api/shapes.ts";
import { ProblemNote } from "../../components/problem-note.tsx";
import { useQuantities } from "../../i18n/use-quantities.ts";
import { addFigures } from "./add-figures.ts";
import { useReceipts } from "./use-receipts.ts";

const KINDS = { vectors: "receiptVectors", objects: "receiptObjects", rows: "receiptRows" } as const;

/** What a deletion was to remove, what it has removed, and what is left, looked at until nothing is. */
export function ReceiptView({ deletions: begun }: { deletions: Deletion[] }) {
  const { t } = useTranslation("library");
  const { number } = useQuantities();
  const { deletions, problem, retry } = useReceipts(begun);
  const complete = deletions.filter(({ state }) => state === "complete");
  const isComplete = complete.length === deletions.length;
  const figures = addFigures(deletions);
  const [only] = deletions;
  return (
    <div className="grid gap-3 text-sm" data-receipt={isComplete ? "complete" : "purging"}>
      <p className="flex items-start gap-2" role="status">
        {isComplete ? (
          <CircleCheck className="mt-0.5 size-4 shrink-0 text-sea" aria-hidden="true" />
        ) : (
          <Hourglass className="mt-0.5 size-4 shrink-0 text-soft" aria-hidden="true" />
        )}
        {isComplete ? t("receiptComplete") : t("receiptPurging")}
      </p>
      {deletions.length > 1 && (
        <p className="text-soft">{t("receiptParts", { done: complete.length, total: deletions.length })}</p>
      )}
      {figures ? (
        <table className="w-full border-collapse">
          <thead>
            <tr className="border-b border-line text-soft [&>th]:py-1.5 [&>th]:font-medium">
              <th scope="col" className="text-start">
                {t("receiptWhat")}
              </th>
              {(["receiptExpected", "receiptPurged", "receiptRemaining"] as const).map((key) => (
                <th key={key} scope="col" className="text-end">
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(["vectors", "objects", "rows"] as const).map((kind) => (
              <tr key={kind} className="border-b border-line [&>*]:py-1.5">
                <th scope="row" className="text-start font-normal">
                  {t(KINDS[kind])}
                </th>
                <td className="text-end">{number(figures[kind].expected)}</td>
                <td className="text-end">{number(figures[kind].purged)}</td>
                <td className="text-end font-medium">{number(figures[kind].remaining)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="text-soft">{t("receiptCounting")}</p>
      )}
      {problem && <ProblemNote problem={problem} onRetry={retry} />}
      {isComplete ? <Completed deletions={complete} /> : <p className="text-soft">{t("receiptGoesOn")}</p>}
      {only && deletions.length === 1 && (
        <p className="text-xs break-all text-soft">{t("receiptId", { id: only.id })}</p>
      )}
    </div>
  );
}

function Completed({ deletions }: { deletions: Deletion[] }) {
  const { t } = useTranslation("library");
  const { moment } = useQuantities();
  const last = deletions
    .flatMap(({ completed_at }) => completed_at ?? [])
    .sort()
    .at(-1);
  if (!last) return null;
  return <p className="text-soft">{t("receiptWhen", { moment: moment(last) })}</p>;
}
