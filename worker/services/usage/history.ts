import { between, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { usageDaily } from "../../db/schema/usage.ts";
import { AppError } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { alive } from "../assistants/assistant.ts";
import { type Cost, toCost } from "./prices.ts";
import type { DailyMetric } from "./record.ts";

export type HistoryInput = { from: string; to: string; granularity: "day" | "month" };

export type Figures = Record<Exclude<DailyMetric, "cost_nanos">, number> & { cost: Cost };

export type HistoryEntry = Figures & {
  /** A UTC day ("2026-11-22") or month ("2026-11"). */
  period: string;
  /** `assistant_id` null: ingestion, search and previews, which belong to no assistant. `name` null: deleted. */
  assistants: Array<Figures & { assistant_id: string | null; name: string | null }>;
};

const NOBODY = "00000000-0000-0000-0000-000000000000";
/** Days one answer may span. */
const MAX_DAYS = 1_100;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Used per day or month, from `from` to `to` inclusive, oldest first; periods without any use are left out. */
export async function getUsageHistory(ctx: TenantContext, input: HistoryInput): Promise<HistoryEntry[]> {
  requirePermission(ctx, "library.read");
  checkRange(input);
  const period = sql<string>`to_char(${usageDaily.day}, ${input.granularity === "day" ? "YYYY-MM-DD" : "YYYY-MM"})`;
  const [rows, named] = await ctx.db.transaction((q) => [
    q
      .select({
        period: period.as("period"),
        assistant_id: usageDaily.assistant_id,
        metric: usageDaily.metric,
        amount: sql<number>`sum(${usageDaily.amount})`.mapWith(Number),
      })
      .from(usageDaily)
      .where(between(usageDaily.day, input.from, input.to))
      .groupBy(sql`1`, usageDaily.assistant_id, usageDaily.metric)
      .orderBy(sql`1`, usageDaily.assistant_id),
    q.select({ id: assistants.id, name: assistants.name }).from(assistants).where(alive),
  ]);
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return [...Map.groupBy(rows, (row) => row.period)].map(([label, ofPeriod]) => ({
    period: label,
    ...toFigures(ofPeriod),
    assistants: [...Map.groupBy(ofPeriod, (row) => row.assistant_id)].map(([id, amounts]) => ({
      assistant_id: id === NOBODY ? null : id,
      name: names.get(id) ?? null,
      ...toFigures(amounts),
    })),
  }));
}

function checkRange({ from, to }: HistoryInput): void {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  const message = days < 0 ? "Lies before `from`" : `Lies more than ${MAX_DAYS} days after \`from\``;
  if (days >= 0 && days <= MAX_DAYS) return;
  throw new AppError("invalid_request", "Some fields are not valid.", { fields: [{ path: "to", message }] });
}

function toFigures(rows: Array<{ metric: string; amount: number }>): Figures {
  const sum = (metric: DailyMetric) =>
    rows.filter((row) => row.metric === metric).reduce((total, row) => total + row.amount, 0);
  return {
    questions: sum("questions"),
    pages: sum("pages"),
    documents: sum("documents"),
    embedding_tokens: sum("embedding_tokens"),
    prompt_tokens: sum("prompt_tokens"),
    completion_tokens: sum("completion_tokens"),
    cost: toCost(sum("cost_nanos")),
    unpriced: sum("unpriced"),
  };
}
