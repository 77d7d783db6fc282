import { cx } from "class-variance-authority";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Metric, Plan, PlanName, Price } from "../api/shapes.ts";
import { useQuantities } from "../i18n/use-quantities.ts";
import { amountOf } from "./quota-words.ts";
import { usePriceWords } from "./use-price-words.ts";

const MONTHLY: ReadonlySet<Metric> = new Set<Metric>(["questions", "pages"]);
const ROWS: Metric[] = ["questions", "pages", "documents", "storage_bytes", "assistants", "members"];

type Props = {
  plans: Plan[];
  current: PlanName;
  /** Undefined for those who don't see it, null where it can't be known. */
  price: Price | null | undefined;
};

/** The plans side by side, the tenant's own marked. */
export function PlanComparison({ plans, current, price }: Props) {
  const { t } = useTranslation("usage");
  const quantities = useQuantities();
  const { bytes } = quantities;
  const priceWords = usePriceWords();
  const priceOf = (name: PlanName) => {
    if (name === "free") return t("noCharge");
    return price ? priceWords(price) : t("priceUnknown");
  };
  const row = (key: string, label: ReactNode, show: (plan: Plan) => string) => (
    <tr key={key}>
      <th scope="row" className="py-2 pr-3 text-start font-normal">
        {label}
      </th>
      {plans.map((plan) => (
        <td key={plan.name} className={cx("px-3 py-2", plan.name === current && "bg-sea-wash")}>
          {show(plan)}
        </td>
      ))}
    </tr>
  );
  return (
    <section aria-labelledby="plans-title" className="grid gap-3">
      <h2 id="plans-title" className="text-lg font-semibold">
        {t("plans")}
      </h2>
      <table className="w-full text-end text-sm" aria-labelledby="plans-title">
        <thead>
          <tr className="align-bottom">
            <td />
            {plans.map(({ name }) => (
              <th
                key={name}
                scope="col"
                className={cx("rounded-t-xl px-3 pt-3 pb-2 font-normal", name === current && "bg-sea-wash")}
              >
                <span className="block text-base font-semibold">{t(`planNames.${name}`)}</span>
                {price !== undefined && <span className="block text-soft">{priceOf(name)}</span>}
                {name === current && (
                  <span className="block text-xs font-medium text-sea">{t("yourPlan")}</span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {ROWS.map((metric) =>
            row(
              metric,
              <>
                {t(`metrics.${metric}`)}
                {MONTHLY.has(metric) && <span className="text-soft"> {t("perMonth")}</span>}
              </>,
              ({ limits }) => amountOf(metric, limits[metric], quantities),
            ),
          )}
          {row("import", t("maxImport"), ({ max_import_bytes }) => bytes(max_import_bytes))}
          {row("file", t("maxFile"), ({ max_file_bytes }) => bytes(max_file_bytes))}
        </tbody>
      </table>
    </section>
  );
}
