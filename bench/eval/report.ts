import { type Estimate, estimate } from "./metrics.ts";
import type { Measures } from "./retrieval.ts";

/** A line of the table: a measure, Ancre's figure, the baseline's where there is one, and what is asked for. */
export type Row = {
  measure: string;
  ancre: Estimate;
  baseline: Estimate | null;
  /** Shares; null: reported, not judged. */
  bar: { atLeast?: number; atMost?: number } | null;
  passed: boolean | null;
};

/** What a release must reach on the public kit with the local models. Chroma's bars move with the baseline. */
const BARS: Record<string, { atLeast?: number; atMost?: number }> = {
  "piaf Recall@5": { atLeast: 0.89 },
  "piaf nDCG@10": { atLeast: 0.82 },
  "xquad Recall@5": { atLeast: 0.98 },
  "cited page@1": { atLeast: 0.88 },
  "search page@5": { atLeast: 0.98 },
  "excerpt fidelity": { atLeast: 1 },
  refusal: { atLeast: 0.75 },
  "false refusal": { atMost: 0.12 },
  "guard: digit": { atLeast: 0.95 },
  "guard: date": { atLeast: 0.95 },
  "guard: unit": { atLeast: 0.95 },
  "guard: entity": { atLeast: 0.95 },
  "guard: negation": { atLeast: 0.8 },
  "guard: false alarm": { atMost: 0.03 },
};

/** How much better than the baseline Chroma's recall must be; its IoU must be no lower. */
const CHROMA_RECALL_GAIN = 0.01;

export function toRows(ancre: Measures, baseline: Measures): Row[] {
  return Object.entries(ancre).map(([measure, values]) => {
    const mine = estimate(values);
    const other = baseline[measure] ? estimate(baseline[measure]) : null;
    const bar = barFor(measure, other);
    const passed =
      bar && mine.mean >= (bar.atLeast ?? Number.NEGATIVE_INFINITY) && mine.mean <= (bar.atMost ?? Infinity);
    return { measure, ancre: mine, baseline: other, bar, passed };
  });
}

function barFor(measure: string, baseline: Estimate | null): Row["bar"] {
  if (baseline && measure === "chroma recall") return { atLeast: baseline.mean + CHROMA_RECALL_GAIN };
  if (baseline && measure === "chroma IoU") return { atLeast: baseline.mean };
  return BARS[measure] ?? null;
}

/** One table for a terminal; every figure is a percentage, its 95 % interval in brackets. */
export function formatTable(rows: Row[]): string {
  const header = columns(["measure", "n", "Ancre", "95 %", "BM25", "bar", ""]);
  return ["", header, ...rows.map(formatRow)].join("\n");
}

function formatRow({ measure, ancre, baseline, bar, passed }: Row): string {
  const wanted =
    bar?.atLeast !== undefined ? `≥ ${percent(bar.atLeast)}` : bar ? `≤ ${percent(bar.atMost ?? 0)}` : "";
  return columns([
    measure,
    String(ancre.count),
    percent(ancre.mean),
    `${percent(ancre.low)}–${percent(ancre.high)}`,
    baseline ? percent(baseline.mean) : "",
    wanted,
    passed === false ? "below" : "",
  ]);
}

function columns([first = "", ...rest]: string[]): string {
  const widths = [6, 8, 13, 8, 9, 7];
  return first.padEnd(26) + rest.map((cell, index) => cell.padStart(widths[index] ?? 8)).join("");
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}
