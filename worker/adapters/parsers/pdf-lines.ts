import type { Piece } from "./pdf-pieces.ts";
import type { Run } from "./pdf-runs.ts";

/** One line of text with its box. `row` marks a line of a table: its cells are separated by tabs. */
export type Line = { text: string; x0: number; x1: number; y: number; size: number; row: boolean };

/** Share of the font size from which a gap between two runs is a space; PDF.js uses 0.102 itself. */
const SPACE_GAP = 0.12;
/** The first UTF-16 unit that an ideograph can have. */
const FIRST_IDEOGRAPH = 0x2e80;
const IDEOGRAPH = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}、。，．：；！？「」『』（）ー]/u;

/** Joins the pieces of one row, with spaces where the gaps show them. */
export function toLine(pieces: readonly Piece[]): Line {
  const { x0, x1, y, size } = box(pieces);
  return { text: joinRuns(runsOf(pieces)), x0, x1, y, size, row: false };
}

/** Joins the cells of one table row, each given as its own pieces. */
export function toTableRow(cells: readonly Piece[][]): Line {
  const filled = cells.filter((cell) => cell.length > 0);
  const ordered = isRightToLeft(runsOf(filled.flat())) ? [...filled].reverse() : filled;
  const text = ordered.map((cell) => toLine(cell).text.replace(/\s+/g, " ").trim()).join("\t");
  return { text, ...box(filled.flat()), row: filled.length > 1 };
}

/** True when no space belongs between these two neighbours although they are on different lines. */
export function isIdeographicSeam(left: string, right: string): boolean {
  if (!(right.charCodeAt(0) >= FIRST_IDEOGRAPH)) return false;
  return IDEOGRAPH.test(left.slice(-1)) && IDEOGRAPH.test(right.slice(0, 1));
}

/** The runs of all pieces, in their order; the pieces' own list when there is but one piece. */
export function runsOf(pieces: readonly Piece[]): readonly Run[] {
  const [only] = pieces;
  if (only && pieces.length === 1) return only.runs;
  const runs: Run[] = [];
  for (const piece of pieces) for (const run of piece.runs) runs.push(run);
  return runs;
}

/** True when most characters of the runs belong to a right-to-left script. */
export function isRightToLeft(runs: readonly Run[]): boolean {
  let balance = 0;
  for (const run of runs) balance += run.rightToLeft ? run.text.length : -run.text.length;
  return balance > 0;
}

function box(pieces: readonly Piece[]): { x0: number; x1: number; y: number; size: number } {
  let main = pieces[0];
  let x0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  for (const piece of pieces) {
    x0 = Math.min(x0, piece.x0);
    x1 = Math.max(x1, piece.x1);
    if (!main || piece.chars > main.chars) main = piece;
  }
  return { x0, x1, y: main?.y ?? 0, size: main?.size ?? 1 };
}

function joinRuns(runs: readonly Run[]): string {
  const ordered = inReadingOrder(runs);
  let text = "";
  let last: Run | undefined;
  for (const run of ordered) {
    if (last && isSpaceBetween(last, run)) text += " ";
    text += run.text;
    last = run;
  }
  return text;
}

function isSpaceBetween(last: Run, run: Run): boolean {
  const [left, right] = last.x <= run.x ? [last, run] : [run, last];
  const gap = right.x - (left.x + left.width);
  const size = Math.min(last.size, run.size);
  if (isIdeographicSeam(last.text, run.text) && gap < size * 0.5) return false;
  return gap > size * SPACE_GAP || (run.spaced && gap > -size * 0.2);
}

/** Left to right by x; in a right-to-left line from the right, with each left-to-right stretch kept in its order. */
function inReadingOrder(runs: readonly Run[]): readonly Run[] {
  const sorted = isInOrder(runs) ? runs : runs.toSorted((a, b) => a.x - b.x);
  if (!isRightToLeft(sorted)) return sorted;
  const ordered: Run[] = [];
  let stretch: Run[] = [];
  for (const run of sorted.toReversed()) {
    if (run.rightToLeft || !/[\p{L}\p{N}]/u.test(run.text)) {
      ordered.push(...stretch.reverse(), run);
      stretch = [];
    } else stretch.push(run);
  }
  return [...ordered, ...stretch.reverse()];
}

function isInOrder(runs: readonly Run[]): boolean {
  let x = Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    if (run.x < x) return false;
    x = run.x;
  }
  return true;
}
