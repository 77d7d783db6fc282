import {
  type ParsedDocument,
  ParseFailure,
  type ParseFailureReason,
  type ReadPage,
} from "../../ports/document-parser.ts";
import { collectWarnings } from "./page-warnings.ts";

/**
 * A document whose pages were all built at opening (every format but PDF; their size is bounded by the caps).
 * Throws `ParseFailure(reason)` when there is no page; `pages(1)` throws it after the last page when none had
 * text. Pages without text stay, and a warning lists them.
 */
export function pageListDocument(
  mediaType: string,
  pages: ReadPage[],
  reason: ParseFailureReason,
): ParsedDocument {
  if (pages.length === 0) throw new ParseFailure(reason, "no text in the file");
  const hasText = pages.some((page) => page.text !== "");
  const { note, warnings } = collectWarnings();
  let held = pages;
  return {
    mediaType,
    pagesTotal: pages.length,
    async *pages(from) {
      for (const page of held.slice(from - 1)) {
        note(page);
        yield page;
      }
      if (from === 1 && !hasText) throw new ParseFailure(reason, "no page holds text");
    },
    warnings,
    async close() {
      held = [];
    },
  };
}
