import { isRightToLeft, type Line, runsOf, toLine, toTableRow } from "./pdf-lines.ts";
import { type Piece, toRows } from "./pdf-pieces.ts";

type Interval = [start: number, end: number];
type Row = Piece[];

/** Shares of the font size: the narrowest white gap that can part two columns. */
const GUTTER = 0.8;
/** Rows that a band needs on both sides of a gutter before it is read as columns or as a table. */
const LEAST_COLUMN_ROWS = 3;
const LEAST_TABLE_ROWS = 2;
/** Share of the font size: a gutter that no justified line leaves by chance. */
const TABLE_GUTTER = 1.8;
/** Average UTF-16 units of a column's line above which it holds prose, not table cells. */
const PROSE_CHARS = 22;
/** Pieces of one row above which it is a drawing made of letters, and no place to look for gutters. */
const MAX_ROW_PIECES = 500;
/** Columns inside columns; deeper nesting is noise in the geometry. */
const MAX_DEPTH = 4;

/**
 * Puts pieces in reading order as lines, grouped by column: a group holds lines that may form paragraphs.
 * The page is cut into horizontal bands in which the same vertical white gutters run through every row; a band
 * whose gutters part prose is read column by column, one whose gutters part short cells row by row.
 * (A form of recursive XY-cut, Nagy & Seth 1984, with the vertical cut first.)
 */
export function readInOrder(pieces: readonly Piece[], depth = 0): Line[][] {
  const rows = toRows(pieces);
  if (depth >= MAX_DEPTH) return [rows.map(toLine)];
  const groups: Line[][] = [];
  let plain: Line[] = [];
  const flush = () => {
    if (plain.length > 0) groups.push(plain);
    plain = [];
  };
  for (const band of toBands(rows)) {
    const columns = band.gutters.length === 0 ? [] : splitColumns(band.rows.flat(), band.gutters);
    if (columns.length > 1 && isProse(columns)) {
      flush();
      const ordered = isRightToLeft(runsOf(pieces)) ? columns.reverse() : columns;
      groups.push(...ordered.flatMap((column) => readInOrder(column, depth + 1)));
    } else if (columns.length > 1 && isTable(band)) {
      plain.push(...band.rows.map((row) => toTableRow(row.map((piece) => [piece]))));
    } else plain.push(...band.rows.map(toLine));
  }
  flush();
  return groups;
}

/**
 * Longest runs of rows that share gutters with text on both sides. A run without gutters ends where a row shows
 * gaps of its own: columns may start there.
 */
function toBands(rows: Row[]): { rows: Row[]; gutters: Interval[] }[] {
  const page = extent(rows.flat());
  const bands: { rows: Row[]; gutters: Interval[] }[] = [];
  let start = 0;
  while (start < rows.length) {
    let shared: Interval[] = [page];
    let gutters: Interval[] = [];
    let leftmost = Number.POSITIVE_INFINITY;
    let rightmost = Number.NEGATIVE_INFINITY;
    let end = start;
    for (; end < rows.length; end++) {
      const row = rows[end] ?? [];
      const next = narrow(shared, row);
      let left = leftmost;
      let right = rightmost;
      for (const { x0, x1 } of row) {
        left = Math.min(left, x1);
        right = Math.max(right, x0);
      }
      const inner = next.filter(([from, to]) => left <= from + 0.01 && right >= to - 0.01);
      const broken = next.length === 0 || (gutters.length > 0 ? inner.length === 0 : row.length > 1);
      if (broken && end > start) break;
      [shared, gutters, leftmost, rightmost] = [next, inner, left, right];
    }
    bands.push({ rows: rows.slice(start, end), gutters: gutters.sort((a, b) => a[0] - b[0]) });
    start = end;
  }
  return bands;
}

function extent(pieces: readonly Piece[]): Interval {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x0, x1 } of pieces) {
    left = Math.min(left, x0);
    right = Math.max(right, x1);
  }
  return [left, right];
}

/**
 * The parts of the gaps that a row leaves white, as far as they stay wide enough for a gutter. Gaps are in order and
 * apart, the row's pieces in order: both are walked once.
 */
function narrow(gaps: readonly Interval[], row: Row): Interval[] {
  if (row.length > MAX_ROW_PIECES) return [];
  let smallest = Number.POSITIVE_INFINITY;
  for (const { size } of row) smallest = Math.min(smallest, size);
  const least = GUTTER * smallest;
  const inked = inkOf(row);
  const open: Interval[] = [];
  let first = 0;
  for (const gap of gaps) {
    const [start, end] = gap;
    while ((inked[first]?.[1] ?? end) <= start) first += 1;
    let left = start;
    let at = first;
    if ((inked[at]?.[0] ?? end) >= end) {
      open.push(gap);
      continue;
    }
    for (let ink = inked[at]; ink && ink[0] < end; ink = inked[at]) {
      open.push([left, ink[0]]);
      left = ink[1];
      at += 1;
    }
    open.push([left, end]);
    first = Math.max(first, at - 1);
  }
  return open.filter(([start, end]) => end - start >= least);
}
/** Where a row has ink: its pieces' extents in order, those that overlap made one. */
function inkOf(row: Row): Interval[] {
  const inked: Interval[] = [];
  for (const { x0, x1 } of row) {
    const last = inked.at(-1);
    if (last && x0 <= last[1]) last[1] = Math.max(last[1], x1);
    else inked.push([x0, Math.max(x0, x1)]);
  }
  return inked;
}

function splitColumns(pieces: Piece[], gutters: Interval[]): Piece[][] {
  return cellsOf(pieces, gutters).filter((column) => column.length > 0);
}

/** Deals pieces out to the cells between gutters, which are in order. */
function cellsOf(pieces: Piece[], gutters: Interval[]): Piece[][] {
  const cells: Piece[][] = Array.from({ length: gutters.length + 1 }, () => []);
  for (const piece of pieces) {
    let low = 0;
    let high = gutters.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (piece.x0 >= (gutters[middle]?.[0] ?? 0)) low = middle + 1;
      else high = middle;
    }
    cells[low]?.push(piece);
  }
  return cells;
}

/** Two rows may share a gap by chance; the gap must then be wider than a justified line's. */
function isTable({ rows, gutters }: { rows: Row[]; gutters: Interval[] }): boolean {
  const wide = rows.filter((row) => row.length > 1);
  const size = wide[0]?.[0]?.size ?? 1;
  const needed = gutters.some(([start, end]) => end - start >= size * TABLE_GUTTER) ? 0 : 1;
  return wide.length >= LEAST_TABLE_ROWS + needed;
}

function isProse(columns: Piece[][]): boolean {
  return columns.every((column) => {
    const lines = toRows(column).length;
    const chars = column.reduce((sum, piece) => sum + piece.chars, 0);
    return lines >= LEAST_COLUMN_ROWS && chars / lines >= PROSE_CHARS;
  });
}
