import { readInOrder } from "./pdf-columns.ts";
import type { Line } from "./pdf-lines.ts";
import { toParagraphs } from "./pdf-paragraphs.ts";
import { toPieces } from "./pdf-pieces.ts";
import type { Run } from "./pdf-runs.ts";
import type { TextBlock } from "./text-blocks.ts";

/** How much larger than body type a heading is, by level. Print uses about 1.2 for the smallest heading. */
const HEADING_RATIOS: readonly (readonly [ratio: number, level: number])[] = [
  [1.75, 1],
  [1.4, 2],
  [1.15, 3],
];
/** UTF-16 units: longer paragraphs in large type are set large, not headings. */
const MAX_HEADING_CHARS = 200;

/** Lays out the runs of one writing direction of one page as blocks in reading order. */
export function layoutPage(runs: readonly Run[]): TextBlock[] {
  const groups = readInOrder(toPieces(runs));
  const body = bodySize(groups.flat());
  return groups.flatMap((lines) =>
    toParagraphs(lines).map((found) => ({
      text: found.text,
      level: headingLevel(found.text, found.size, body),
      follows: found.follows,
    })),
  );
}

/** The font size that most characters of the page are set in. */
function bodySize(lines: readonly Line[]): number {
  const chars = new Map<number, number>();
  let body = 0;
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    chars.set(rounded, (chars.get(rounded) ?? 0) + text.length);
    if ((chars.get(rounded) ?? 0) > (chars.get(body) ?? 0)) body = rounded;
  }
  return body;
}

function headingLevel(text: string, size: number, body: number): number {
  if (text.length > MAX_HEADING_CHARS || text.includes("\t")) return 0;
  const level = HEADING_RATIOS.find(([ratio]) => size >= body * ratio)?.[1] ?? 0;
  return level > 0 && /\p{L}{2}/u.test(text) ? level : 0;
}
