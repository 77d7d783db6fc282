import type { Run } from "./pdf-runs.ts";

/** Runs that touch on one line: a word to a whole line. `x0`, `x1` are its ends, `y` its baseline, `size` in points. */
export type Piece = { runs: Run[]; x0: number; x1: number; y: number; size: number; chars: number };

/** Shares of the font size: how far a superscript's baseline may lie from its line's. */
const SUPERSCRIPT_SHIFT = 0.55;
/** How far two baselines of one line may lie apart when nothing tells a superscript. */
const SAME_BASELINE = 0.25;
/** A gap wider than this parts pieces; justified lines seldom reach it, column gutters always do. */
const PIECE_GAP = 0.9;
/** Text drawn again within this distance is a simulated bold or a shadow. */
const SHADOW_SHIFT = 0.12;
/** The widest gap between a list marker and its item. */
const MARKER_GAP = 4;
/** UTF-16 units of the longest list marker ("12.34.56.78."); numbers that go on are no marker. */
const MAX_MARKER_CHARS = 20;
const LIST_MARKER =
  /^([•●▪■◦‣∙·○–—-]|\p{Co}|\d{1,3}(\.\d{1,3})*[.)]|\d{1,3}(\.\d{1,3})+|[a-zA-Z][.)]|\(\w{1,3}\))$/u;

/** Groups runs into pieces in the order of the content stream, which keeps superscripts on their word. */
export function toPieces(runs: readonly Run[]): Piece[] {
  const pieces: Piece[] = [];
  let current: Piece | undefined;
  for (const run of runs) {
    const last = current?.runs.at(-1);
    if (last && isShadow(last, run)) continue;
    if (current && last && touches(current, last, run)) extend(current, run);
    else {
      current = {
        runs: [run],
        x0: run.x,
        x1: run.x + run.width,
        y: run.y,
        size: run.size,
        chars: run.text.length,
      };
      pieces.push(current);
    }
  }
  return pieces;
}

/** Groups pieces into rows from top to bottom; the pieces of a row are in order of x. */
export function toRows(pieces: readonly Piece[]): Piece[][] {
  const sorted = [...pieces].sort((a, b) => a.y - b.y);
  const rows: { y: number; size: number; pieces: Piece[] }[] = [];
  for (const piece of sorted) {
    const row = rows.at(-1);
    if (row && piece.y - row.y <= SAME_BASELINE * Math.max(2, Math.min(row.size, piece.size))) {
      row.pieces.push(piece);
      row.size = Math.max(row.size, piece.size);
    } else rows.push({ y: piece.y, size: piece.size, pieces: [piece] });
  }
  return rows.map((row) => joinMarkers(row.pieces.sort((a, b) => a.x0 - b.x0)));
}

/** A bullet or number that stands apart from its item is not a column of its own. */
function joinMarkers(row: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of row) {
    const marker = joined.at(-1);
    const near = marker && piece.x0 - marker.x1 < piece.size * MARKER_GAP;
    if (marker && near && isMarker(marker)) joined[joined.length - 1] = joinPieces(marker, piece);
    else joined.push(piece);
  }
  return joined;
}

function isMarker({ runs, chars }: Piece): boolean {
  if (chars > MAX_MARKER_CHARS) return false;
  const text = runs.map((run) => run.text).join("");
  return LIST_MARKER.test(text.trim());
}

function joinPieces(left: Piece, right: Piece): Piece {
  return {
    runs: [...left.runs, ...right.runs],
    x0: left.x0,
    x1: Math.max(left.x1, right.x1),
    y: right.y,
    size: right.size,
    chars: left.chars + right.chars,
  };
}

function touches(piece: Piece, last: Run, run: Run): boolean {
  const size = Math.max(piece.size, run.size);
  const shift = Math.abs(run.y - piece.y);
  const scripted = run.size < piece.size * 0.9 || piece.size < run.size * 0.9;
  if (shift > size * (scripted ? SUPERSCRIPT_SHIFT : SAME_BASELINE)) return false;
  return gapBetween(last, run) < size * PIECE_GAP && gapBetween(last, run) > -size * 2;
}

/** Distance from one run's end to the next one's start in the direction of writing; negative when they overlap. */
function gapBetween(last: Run, run: Run): number {
  return last.rightToLeft || run.rightToLeft
    ? Math.max(last.x - (run.x + run.width), run.x - (last.x + last.width))
    : run.x - (last.x + last.width);
}

function extend(piece: Piece, run: Run): void {
  if (run.size > piece.size * 1.1) piece.y = run.y;
  piece.runs.push(run);
  piece.x0 = Math.min(piece.x0, run.x);
  piece.x1 = Math.max(piece.x1, run.x + run.width);
  piece.size = Math.max(piece.size, run.size);
  piece.chars += run.text.length;
}

function isShadow(last: Run, run: Run): boolean {
  const near = SHADOW_SHIFT * run.size;
  return last.text === run.text && Math.abs(last.x - run.x) < near && Math.abs(last.y - run.y) < near;
}
