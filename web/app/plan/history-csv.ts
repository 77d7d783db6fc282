import type { UsageDay } from "../api/shapes.ts";

const COLUMNS: [name: string, of: (day: UsageDay) => string | number][] = [
  ["day", (day) => day.period],
  ["questions", (day) => day.questions],
  ["pages", (day) => day.pages],
  ["documents", (day) => day.documents],
  ["embedding_tokens", (day) => day.embedding_tokens],
  ["prompt_tokens", (day) => day.prompt_tokens],
  ["completion_tokens", (day) => day.completion_tokens],
  ["cost", (day) => day.cost.amount],
  ["currency", (day) => day.cost.currency],
  ["unpriced_calls", (day) => day.unpriced],
];

/** A history as CSV (RFC 4180) for machines: the API's names, a point before decimals, UTC days. */
export function historyCsv(days: UsageDay[]): string {
  const lines = days.map((day) => COLUMNS.map(([, of]) => of(day)).join(","));
  return [COLUMNS.map(([name]) => name).join(","), ...lines, ""].join("\r\n");
}
