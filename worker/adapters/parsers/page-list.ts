import {
  type ParsedDocument,
  type ParsedPage,
  ParseFailure,
  type ParseFailureReason,
  type ParseWarning,
} from "../../ports/document-parser.ts";

/**
 * A document whose pages were all built at opening (every format but PDF; their size is bounded by the caps).
 * Throws `ParseFailure(reason)` when no page has text. Pages without text stay, and a warning lists them.
 */
export function pageListDocument(
  mediaType: string,
  pages: ParsedPage[],
  reason: ParseFailureReason,
): ParsedDocument {
  const blank = pages.filter((page) => page.text === "").map((page) => page.number);
  if (blank.length === pages.length) throw new ParseFailure(reason, "no page holds text");
  let held = pages;
  return {
    mediaType,
    pagesTotal: pages.length,
    async *pages(from) {
      yield* held.slice(from - 1);
    },
    warnings: () => (blank.length === 0 ? [] : [pageWithoutText(blank)]),
    async close() {
      held = [];
    },
  };
}

/** The warning that some pages show no text, e.g. scans; `pages` are 1-based. */
export function pageWithoutText(pages: number[]): ParseWarning {
  return { code: "page_without_text", detail: `${pages.length} page(s) without text`, pages };
}
