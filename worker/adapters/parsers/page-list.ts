import {
  type ParsedDocument,
  type ParsedPage,
  ParseFailure,
  type ParseFailureReason,
  type ParseWarning,
} from "../../ports/document-parser.ts";

/**
 * A document whose pages were all built at opening (every format but PDF; their size is bounded by the caps).
 * Throws `ParseFailure(reason)` when there is no page; `pages(1)` throws it after the last page when none had
 * text. Pages without text stay, and a warning lists them.
 */
export function pageListDocument(
  mediaType: string,
  pages: ParsedPage[],
  reason: ParseFailureReason,
): ParsedDocument {
  const blank = pages.filter((page) => page.text === "").map((page) => page.number);
  if (pages.length === 0) throw new ParseFailure(reason, "no text in the file");
  let held = pages;
  return {
    mediaType,
    pagesTotal: pages.length,
    async *pages(from) {
      yield* held.slice(from - 1);
      if (from === 1 && blank.length === pages.length) throw new ParseFailure(reason, "no page holds text");
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
