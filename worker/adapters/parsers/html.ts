import { parseHTML } from "linkedom/worker";
import type { ParsedDocument } from "../../ports/document-parser.ts";
import { htmlBlocks } from "./html-blocks.ts";
import { mainContent } from "./html-main-content.ts";
import { boundedMarkup } from "./html-markup.ts";
import { HTML } from "./media-types.ts";
import { pageListDocument } from "./page-list.ts";
import { sectionPages } from "./sections.ts";
import type { TextBlock } from "./text-blocks.ts";
import { decodeText } from "./text-encoding.ts";

/**
 * Reads a web page as sections cut at its headings: the main content, tables as rows, link targets and hidden
 * elements dropped. Throws `ParseFailure` "empty".
 */
export function openHtml(bytes: Uint8Array): ParsedDocument {
  const markup = boundedMarkup(decodeText(bytes, true));
  return pageListDocument(HTML, sectionPages(readMarkup(markup)), "empty");
}

function readMarkup(markup: string): TextBlock[] {
  const { document } = parseHTML(markup);
  const root = document.body ?? document.documentElement;
  if (!root) return [];
  const whole = htmlBlocks(root);
  return mainContent(markup, root, whole);
}
