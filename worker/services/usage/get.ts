import { inArray } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { usageCounters } from "../../db/schema/usage.ts";
import { monthEnd, monthOf } from "./period.ts";
import { METRIC_PERIOD, type Metric, PLANS } from "./plans.ts";

export type UsageMetric = { metric: Metric; used: number; limit: number; resets_at: Date | null };

/** What the tenant has used of its plan: this month's counters, and what it holds. */
export async function getUsage(
  ctx: TenantContext,
  now: Date,
): Promise<{ plan: "free"; period: string; metrics: UsageMetric[] }> {
  const month = monthOf(now);
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({ period: usageCounters.period, metric: usageCounters.metric, used: usageCounters.used })
      .from(usageCounters)
      .where(inArray(usageCounters.period, [month, "total"])),
  ]);
  const used = new Map(rows.map((row) => [row.metric, row.used]));
  const metrics = (Object.keys(METRIC_PERIOD) as Metric[]).map((metric) => ({
    metric,
    used: used.get(metric) ?? 0,
    limit: PLANS.free.limits[metric],
    resets_at: METRIC_PERIOD[metric] === "month" ? monthEnd(now) : null,
  }));
  return { plan: "free", period: month, metrics };
}
