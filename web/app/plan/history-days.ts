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
        assistants: [],
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

const STEPS = [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10];

/** A round number at or above the greatest value, for the top of a chart. */
export function topOf(values: number[]): number {
  const greatest = Math.max(...values);
  if (greatest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(greatest));
  // Of things that are counted one by one there is no part.
  const steps = power === 1 ? STEPS.filter(Number.isInteger) : STEPS;
  return Number(((steps.find((step) => step * power >= greatest) ?? 10) * power).toPrecision(2));
}
