import type { UsageDay } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import type { Series } from "./history-days.ts";

/** Writes an amount of a series: money for the cost, else a number, short where there are many. */
export function useSeriesWords(days: UsageDay[]): (series: Series, amount: number) => string {
  const { number, compact, money } = useQuantities();
  const currency = days[0]?.cost.currency ?? "USD";
  return (series, amount) => {
    if (series === "cost") return money(amount, currency);
    return series === "tokens" ? compact(amount) : number(amount);
  };
}
