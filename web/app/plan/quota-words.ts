import type { TFunction } from "i18next";
import type { QuotaFacts } from "../api/problem.ts";
import type { Metric } from "../api/shapes.ts";
import type { quantitiesOf } from "../i18n/quantities.ts";

type Quantities = ReturnType<typeof quantitiesOf>;

const METRICS: Metric[] = ["questions", "pages", "documents", "storage_bytes", "assistants", "members"];

/** An amount of what a limit counts: bytes for storage, else a number. */
export function amountOf(metric: Metric, n: number, { bytes, number }: Quantities): string {
  return metric === "storage_bytes" ? bytes(n) : number(n);
}

/** A reached limit told with its use, its reset and what Pro allows; null for a limit that we don't know. */
export function quotaWords(facts: QuotaFacts, t: TFunction<"usage">, quantities: Quantities): string | null {
  const { plan, used, requested, limit, resets_at, upgrade } = facts;
  const metric = METRICS.find((name) => name === facts.metric);
  if (!metric) return null;
  const amount = (n: number) => amountOf(metric, n, quantities);
  const what = {
    metric: t(`metrics.${metric}`),
    plan: t(plan === "pro" ? "planNames.pro" : "planNames.free"),
    limit: amount(limit),
  };
  return [
    resets_at ? t("quota.allowsMonthly", what) : t("quota.allows", what),
    t("quota.used", { used: amount(used), requested: amount(requested) }),
    resets_at ? t("quota.resets", { date: quantities.date(resets_at) }) : t(`reliefs.${metric}`),
    upgrade ? t("quota.pro", { limit: amount(upgrade.limit) }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}
