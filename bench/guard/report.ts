import type { GuardFigures } from "./evaluate.ts";
import { MUTATION_KINDS, type MutationKind } from "./mutate.ts";

/** The share of each kind that must be caught, and the share of faithful sentences that may be flagged. */
const BARS: Record<MutationKind, number> = {
  digit: 0.95,
  date: 0.95,
  unit: 0.95,
  entity: 0.95,
  negation: 0.8,
};
const MAX_FALSE_ALARMS = 0.03;

/** A table of one run, and whether every bar is passed. */
export function formatReport(title: string, figures: GuardFigures): { text: string; passed: boolean } {
  const rows = MUTATION_KINDS.map((kind) => {
    const { count, caught, unmarked, rate } = figures.kinds[kind];
    return columns([
      kind,
      String(count),
      share(caught, count),
      share(unmarked, count),
      rate < BARS[kind] ? "below" : "",
    ]);
  });
  const { count, flagged, rate } = figures.falseAlarms;
  const rewrites = [...figures.byRewrite].map(([kind, row]) =>
    columns([`  ${kind}`, String(row.count), share(row.flagged, row.count)]),
  );
  const passed =
    rate <= MAX_FALSE_ALARMS && MUTATION_KINDS.every((kind) => figures.kinds[kind].rate >= BARS[kind]);
  const text = [
    "",
    title,
    columns(["mutation", "count", "caught", "uncited", ""]),
    ...rows,
    columns(["faithful", "count", "flagged"]),
    ...rewrites,
    columns(["  all", String(count), share(flagged, count), "", rate > MAX_FALSE_ALARMS ? "above" : ""]),
  ].join("\n");
  return { text, passed };
}

function share(part: number, count: number): string {
  return count === 0 ? "-" : `${((part / count) * 100).toFixed(1)} %`;
}

function columns(cells: string[]): string {
  return cells
    .map((cell, index) => (index === 0 ? cell.padEnd(12) : cell.padStart(9)))
    .join("")
    .trimEnd();
}
