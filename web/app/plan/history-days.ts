import type { UsageDay } from "../api/shapes.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The last UTC days up to a moment's own, as "2026-11-22", oldest first. */
export function lastDays(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(now.getTime() - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** The same history with the days on which nothing was used. */
export function fillDays(history: UsageDay[], now: Date, count: number): UsageDay[] {
  const used = new Map(history.map((day) => [day.period, day]));
  return lastDays(now, count).map(
    (period): UsageDay =>
      used.get(period) ?? {
        period,
        questions: 0,
        pages: 0,
        documents: 0,
        embedding_tokens: 0,
        prompt_tokens: 0,
        completion_tokens: 0,
        cost: { amount: 0, currency: "USD" },
        unpriced: 0,
      },
  );
}

/** What a history can be shown of. */
export const SERIES = ["questions", "pages", "documents", "tokens", "cost"] as const;

export type Series = (typeof SERIES)[number];

export function amountOn(day: UsageDay, series: Series): number {
  if (series === "cost") return day.cost.amount;
  if (series === "tokens") return day.embedding_tokens + day.prompt_tokens + day.completion_tokens;
  return day[series];
}

/** A round number at or above the greatest value, for the top of a chart: 1, 2 or 5 times a power of ten. */
export function topOf(values: number[]): number {
  const greatest = Math.max(...values);
  if (greatest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  return ([1, 2, 5, 10].find((step) => step * power >= greatest) ?? 10) * power;
}
