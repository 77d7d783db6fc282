import { useTranslation } from "react-i18next";
import type { Price } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";

const INTERVALS = ["day", "week", "month", "year"] as const;

/** "€49 a month"; an interval that we don't know keeps Stripe's word. */
export function usePriceWords(): (price: Price) => string {
  const { t } = useTranslation("usage");
  const { money } = useQuantities();
  return ({ amount, currency, interval }) => {
    const known = INTERVALS.find((name) => name === interval);
    return t("price", { sum: money(amount, currency), interval: known ? t(`intervals.${known}`) : interval });
  };
}
