import { inArray, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { usageCounters, usageDaily } from "../../db/schema/usage.ts";
import { requirePermission } from "../access/permissions.ts";
import { monthEnd, monthOf } from "./period.ts";
import { METRIC_PERIOD, METRICS, type Metric, PLANS, type PlanName } from "./plans.ts";
import { type Cost, toCost } from "./prices.ts";
import { selectPlan } from "./select-plan.ts";

export type UsageMetric = { metric: Metric; used: number; limit: number; resets_at: Date | null };

export type UsageReport = {
  plan: PlanName;
  period: string;
  period_start: Date;
  period_end: Date;
  metrics: UsageMetric[];
  /** Of this period: answers, searches and ingestion together. */
  tokens: { embedding: number; prompt: number; completion: number };
  cost: Cost;
  /** Answers and embedding calls that the cost doesn't hold, because their model's price isn't known. */
  unpriced: number;
};

/** What the tenant has used of its plan: this month's counters, what it holds, and what its models cost. */
export async function getUsage(ctx: TenantContext, now: Date): Promise<UsageReport> {
  requirePermission(ctx, "library.read");
  const month = monthOf(now);
  const [[plan], counters, days] = await ctx.db.transaction((q) => [
    selectPlan(q),
    q
      .select({ metric: usageCounters.metric, used: usageCounters.used })
      .from(usageCounters)
      .where(inArray(usageCounters.period, [month, "total"])),
    q
      .select({ metric: usageDaily.metric, amount: sql<number>`sum(${usageDaily.amount})`.mapWith(Number) })
      .from(usageDaily)
      .where(sql`to_char(${usageDaily.day}, 'YYYY-MM') = ${month}`)
      .groupBy(usageDaily.metric),
  ]);
  const used = new Map(counters.map((row) => [row.metric, row.used]));
  const spent = new Map(days.map((row) => [row.metric, row.amount]));
  const name = plan?.name ?? "free";
  return {
    plan: name,
    period: month,
    period_start: new Date(`${month}-01T00:00:00Z`),
    period_end: monthEnd(now),
    metrics: METRICS.map((metric) => ({
      metric,
      used: used.get(metric) ?? 0,
      limit: PLANS[name].limits[metric],
      resets_at: METRIC_PERIOD[metric] === "month" ? monthEnd(now) : null,
    })),
    tokens: {
      embedding: spent.get("embedding_tokens") ?? 0,
      prompt: spent.get("prompt_tokens") ?? 0,
      completion: spent.get("completion_tokens") ?? 0,
    },
    cost: toCost(spent.get("cost_nanos") ?? 0),
    unpriced: spent.get("unpriced") ?? 0,
  };
}
