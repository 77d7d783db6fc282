import { parseHTML } from "linkedom/worker";
import type { ParsedDocument } from "../../ports/document-parser.ts";
import { mainContent } from "./html-main-content.ts";
import { DOM_BOUNDS, isTame, leanMarkup } from "./html-markup.ts";
import { plainBlocks } from "./html-text.ts";
import { HTML } from "./media-types.ts";
import { pageListDocument } from "./page-list.ts";
import { sectionPages } from "./sections.ts";
import type { TextBlock } from "./text-blocks.ts";
import { decodeText } from "./text-encoding.ts";

/**
 * Reads a web page as sections cut at its headings: the main content, tables as rows, link targets and hidden
 * elements dropped. A page too big or too deep for a DOM is read as paragraphs.
 * Throws `ParseFailure` "empty" or "too_large".
 */
export function openHtml(bytes: Uint8Array): ParsedDocument {
  return pageListDocument(HTML, sectionPages(readMarkup(leanMarkup(decodeText(bytes, true)))), "empty");
}

function readMarkup(markup: string): TextBlock[] {
  if (!isTame(markup, DOM_BOUNDS)) return plainBlocks(markup);
  try {
    return domBlocks(markup);
  } catch (error) {
    // Markup that hides its depth from the count, e.g. behind end tags inside attributes.
    if (error instanceof RangeError) return plainBlocks(markup);
    throw error;
  }
}

function domBlocks(markup: string): TextBlock[] {
  const page = /<html\b/i.test(markup) ? markup : `<!doctype html><html><body>${markup}</body></html>`;
  const { document } = parseHTML(page);
  // Not `document.body`, which linkedom makes anew on a page without a head.
  return mainContent(page, document.querySelector("body") ?? document.documentElement);
}
