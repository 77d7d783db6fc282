import { estimate } from "../eval/metrics.ts";
import type { Measures } from "../eval/retrieval.ts";

/** One way of cutting or fusing: its chunks and, a question at a time, its measures. */
export type Row = { name: string; chunks: number; measures: Measures };

/** Columns by their titles: the measures whose questions each is the mean of. */
const COLUMNS: Array<[title: string, measures: string[]]> = [
  ["PIAF R@5", ["piaf Recall@5"]],
  ["nDCG@10", ["piaf nDCG@10"]],
  ["XQuAD R@5", ["xquad Recall@5"]],
  ["Chroma rec.", ["chroma recall"]],
  ["IoU", ["chroma IoU"]],
  ["page@1", ["search page@1"]],
  ["page@5", ["search page@5"]],
  ["across R@5", ["gdpr-cross-fr2en Recall@5", "gdpr-cross-en2fr Recall@5"]],
];
const WIDTHS = [7, ...COLUMNS.map(([title]) => Math.max(9, title.length + 3))];

/**
 * A block of the table. A figure is followed by + or − where it differs from the shipped row's, question by question,
 * by more than the 95 % bootstrap interval of that difference leaves to chance.
 */
export function formatBlock(title: string, rows: Row[], shipped: Row): string {
  const header = line([title, "chunks", ...COLUMNS.map(([name]) => `${name} `)]);
  return [
    "",
    header,
    ...rows.map((row) =>
      line([
        row.name,
        String(row.chunks),
        ...COLUMNS.map(([, names]) => cell(values(row, names), values(shipped, names))),
      ]),
    ),
  ].join("\n");
}

function values({ measures }: Row, names: string[]): number[] {
  return names.flatMap((name) => measures[name] ?? []);
}

function cell(mine: number[], shipped: number[]): string {
  if (mine.length === 0) return "– ";
  const difference = estimate(mine.map((value, index) => value - (shipped[index] ?? 0)));
  const mark = difference.low > 0 ? "+" : difference.high < 0 ? "−" : " ";
  return `${(estimate(mine).mean * 100).toFixed(1)}${mark}`;
}

function line([first = "", ...rest]: string[]): string {
  return first.padEnd(38) + rest.map((text, index) => text.padStart(WIDTHS[index] ?? 9)).join("");
}
