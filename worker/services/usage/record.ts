import { type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { costNanos } from "./prices.ts";

/** What the daily figures count. */
export const DAILY_METRICS = [
  "questions",
  "pages",
  "documents",
  "embedding_tokens",
  "prompt_tokens",
  "completion_tokens",
  "cost_nanos",
  /** Answers and calls whose model has no known price: what the cost doesn't hold. */
  "unpriced",
] as const;

export type DailyMetric = (typeof DAILY_METRICS)[number];

/** SQL that adds to today's figures, of one assistant or of what none asked for. */
export function recordUsage(assistantId: string | null, amounts: Partial<Record<DailyMetric, number>>): SQL {
  return sql`record_usage(${assistantId}::uuid, ${JSON.stringify(amounts)}::jsonb)`;
}

/** The figures of an embedding call that belongs to no answer. */
export function embeddingFigures(ctx: TenantContext, tokens: number): Partial<Record<DailyMetric, number>> {
  const nanos = costNanos(ctx.prices, [{ model: ctx.embeddings.name, input: tokens }]);
  return { embedding_tokens: tokens, ...costFigures(nanos) };
}

/** A cost as daily figures; null is one that isn't known. */
export function costFigures(nanos: number | null): Partial<Record<DailyMetric, number>> {
  return nanos === null ? { unpriced: 1 } : { cost_nanos: nanos };
}
