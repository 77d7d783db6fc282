import type { PageHeading, PageReport } from "../../ports/document-parser.ts";
import { canonicalText } from "./canonical-text.ts";
import { type Dropped, reportPage } from "./page-report.ts";

/**
 * A paragraph, heading, list item or table row on its way into a page.
 * `level` is 1 to 6 for a heading, else 0. `follows` puts it on the line right below its predecessor (rows of one
 * table, items of one list) instead of after an empty line. `dropped` is what was left out in or before it.
 */
export type TextBlock = { text: string; level: number; follows: boolean; dropped?: Dropped };

export function paragraph(text: string): TextBlock {
  return { text, level: 0, follows: false };
}

export function headingBlock(text: string, level: number): TextBlock {
  return { text, level: Math.min(6, Math.max(1, level)), follows: false };
}

/** Something that was left out, where no text stands to say so. */
export function droppedBlock(kind: string): TextBlock {
  return { ...paragraph(""), dropped: { [kind]: 1 } };
}

export function rowBlock(cells: string[], first: boolean): TextBlock {
  return { text: joinCells(cells), level: 0, follows: !first };
}

/** One line for one table row: cells separated by one tab, line ends inside a cell become spaces. */
export function joinCells(cells: string[]): string {
  return cells.map((cell) => canonicalText(cell).replace(/\s+/g, " ")).join("\t");
}

/**
 * Puts blocks together as the text of one page. Empty blocks vanish. A heading's `offset` is the UTF-16 offset of
 * the start of its line, and its `title` is the line without Markdown's `#` marks.
 */
export function composePage(blocks: readonly TextBlock[]): {
  text: string;
  headings: PageHeading[];
  report: PageReport;
} {
  const headings: PageHeading[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const block of blocks) {
    const text = canonicalText(block.text);
    if (text.trim() === "") continue;
    const separator = length === 0 ? "" : block.follows ? "\n" : "\n\n";
    if (block.level > 0) {
      headings.push({ offset: length + separator.length, level: block.level, title: headingTitle(text) });
    }
    parts.push(separator, text);
    length += separator.length + text.length;
  }
  const whole = parts.join("");
  return { text: whole, headings, report: reportPage(whole, blocks) };
}

/** A heading on one line, without the `#` marks that Markdown text keeps. */
export function headingTitle(text: string): string {
  return text.replace(/\s+/g, " ").replace(/^#{1,6} /, "");
}
