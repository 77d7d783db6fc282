import type { PageReport } from "../../ports/document-parser.ts";
import type { TextBlock } from "./text-blocks.ts";

/** Counts by kind, as `PageReport.dropped`. */
export type Dropped = Record<string, number>;

/** Glyphs that stand for nothing: no character was found for them, or one that means something in one font alone. */
const GARBLED = /[\p{Co}\p{Cs}\uFFFD[\p{Cc}--\s]]/gv;
const GLYPHS = /\S/gu;

/** The report of a page made of blocks, as far as its text and they tell. */
export function reportPage(text: string, blocks: readonly TextBlock[]): PageReport {
  const dropped: Dropped = {};
  for (const block of blocks) addDropped(dropped, block.dropped);
  return {
    characters: text.length,
    garbled: garbledShare(blocks),
    scanned: false,
    tables: countTables(text),
    dropped,
  };
}

/** Adds counts to `into`. */
export function addDropped(into: Dropped, more: Dropped = {}): void {
  for (const [kind, count] of Object.entries(more)) into[kind] = (into[kind] ?? 0) + count;
}

/** Looked for before the text is made canonical, which takes controls out. */
function garbledShare(blocks: readonly TextBlock[]): number {
  const count = (pattern: RegExp) =>
    blocks.reduce((sum, { text }) => sum + (text.match(pattern)?.length ?? 0), 0);
  const garbled = count(GARBLED);
  return garbled === 0 ? 0 : garbled / count(GLYPHS);
}

/** Every parser writes a row as a line with tabs between its cells; one such line alone may be an indented paragraph. */
function countTables(text: string): number {
  let tables = 0;
  let rows = 0;
  for (const line of text.includes("\t") ? text.split("\n") : []) {
    rows = line.includes("\t") ? rows + 1 : 0;
    if (rows === 2) tables += 1;
  }
  return tables;
}
