import type { ParsedDocument, ReadPage } from "../../ports/document-parser.ts";
import { PLAIN_TEXT } from "./media-types.ts";
import { pageListDocument } from "./page-list.ts";
import { reportPage } from "./page-report.ts";
import { cutPages } from "./sections.ts";
import { paragraph, type TextBlock } from "./text-blocks.ts";
import { decodeText } from "./text-encoding.ts";
import { unwrapLines } from "./unwrap-lines.ts";

/**
 * Reads a text file. With form feeds, each sheet between two is a page (`kind: "page"`, the way RFCs and listings
 * are paged); without, the text is cut into sections of bounded size at paragraph ends, without labels. Throws
 * `ParseFailure` "empty".
 */
export function openPlainText(bytes: Uint8Array): ParsedDocument {
  const text = decodeText(bytes).replace(/\r\n?/g, "\n");
  const sheets = text.split("\f");
  if (sheets.length > 1 && sheets.at(-1)?.trim() === "") sheets.pop();
  const pages = sheets.length === 1 ? cutPages(toBlocks(text), "section", null, 0) : sheets.map(toSheet);
  return pageListDocument(PLAIN_TEXT, pages, "empty");
}

function toSheet(sheet: string, index: number): ReadPage {
  const blocks = toBlocks(sheet);
  // A sheet keeps its number, so an overlong one isn't cut further than a page can be read.
  const text = cutPages(blocks, "page", null, 0)
    .map((page) => page.text)
    .join("\n\n");
  const report = reportPage(text, blocks);
  return { number: index + 1, kind: "page", label: null, text, headings: [], report };
}

/** Paragraphs are parted by empty lines. Walked line by line, since a file may be nothing but line ends. */
function toBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  let open = -1;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const blank = text.slice(start, end).trim() === "";
    if (blank && open >= 0) blocks.push(paragraph(unwrapLines(text.slice(open, start))));
    if (blank) open = -1;
    else if (open < 0) open = start;
    start = end + 1;
  }
  if (open >= 0) blocks.push(paragraph(unwrapLines(text.slice(open))));
  return blocks;
}
