import { CircleCheck, LoaderCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Deletion } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import { useDeletion } from "./use-deletion.ts";

type Props = {
  deletion: Deletion;
  /** Where its receipt is, below the API's root. */
  path: string;
};

/** What was deleted and the proof of it, store by store, as it comes to its end. */
export function DeletionReceipt({ deletion: known, path }: Props) {
  const { t } = useTranslation("deletion");
  const { number } = useQuantities();
  const { deletion, problem, lookAgain } = useDeletion(path, known);
  const { state, figures, id } = deletion;
  const isOver = state === "complete";
  const Icon = isOver ? CircleCheck : LoaderCircle;
  const stores = figures
    ? (["rows", "vectors", "objects"] as const).map((store) => ({ store, ...figures[store] }))
    : [];
  return (
    <div className="grid gap-3" data-deletion={state}>
      <p className="flex items-center gap-2.5 font-medium" role="status">
        <Icon className={isOver ? "size-5 text-sea" : "size-5 animate-spin text-soft"} aria-hidden="true" />
        {isOver ? t("complete") : t("purging")}
      </p>
      {stores.length > 0 && (
        <table className="w-full max-w-md text-sm">
          <caption className="sr-only">{t("caption")}</caption>
          <thead>
            <tr className="text-soft">
              <th scope="col" className="py-1 text-start font-medium">
                {t("store")}
              </th>
              <th scope="col" className="py-1 text-end font-medium">
                {t("removed")}
              </th>
              <th scope="col" className="py-1 text-end font-medium">
                {t("left")}
              </th>
            </tr>
          </thead>
          <tbody>
            {stores.map(({ store, purged, remaining }) => (
              <tr key={store} className="border-t border-line">
                <th scope="row" className="py-1.5 text-start font-normal">
                  {t(`stores.${store}`)}
                </th>
                <td className="py-1.5 text-end">{number(purged)}</td>
                <td className="py-1.5 text-end">{number(remaining)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="text-xs break-all text-soft">{t("id", { id })}</p>
      {problem && <ProblemNote problem={problem} onRetry={lookAgain} />}
    </div>
  );
}
