import { useTranslation } from "react-i18next";
import type { UsageDay } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { amountOn, SERIES } from "./history-days.ts";
import { useSeriesWords } from "./use-series-words.ts";

/** The days on which something was used, the newest first. */
export function HistoryTable({ days }: { days: UsageDay[] }) {
  const { t } = useTranslation("plan");
  const { day } = useQuantities();
  const amount = useSeriesWords(days);
  const used = days.filter((of) => SERIES.some((series) => amountOn(of, series) > 0)).toReversed();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="max-h-112 overflow-auto" tabIndex={0} aria-labelledby="history-title">
      <table className="w-full text-end text-sm" aria-labelledby="history-title">
        <thead className="sticky top-0 bg-surface text-soft">
          <tr>
            <th scope="col" className="py-2 pr-3 text-start font-medium">
              {t("day")}
            </th>
            {SERIES.map((series) => (
              <th key={series} scope="col" className="px-3 py-2 font-medium">
                {t(`metrics.${series}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {used.map((of) => (
            <tr key={of.period}>
              <th scope="row" className="py-2 pr-3 text-start font-normal whitespace-nowrap">
                <time dateTime={of.period}>{day(of.period)}</time>
              </th>
              {SERIES.map((series) => (
                <td key={series} className="px-3 py-2">
                  {amount(series, amountOn(of, series))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
