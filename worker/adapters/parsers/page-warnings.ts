import type { ParseWarning, ReadPage } from "../../ports/document-parser.ts";

/** Share of meaningless glyphs from which a page's text can't be trusted: about one word in three holds one. */
const GARBLED_SHARE = 0.05;

/** Takes note of pages as they are read, and says what their reader should know. */
export function collectWarnings(): { note(page: ReadPage): void; warnings(): ParseWarning[] } {
  const blank: number[] = [];
  const garbled: number[] = [];
  return {
    note({ number, text, report }) {
      if (text === "") blank.push(number);
      if (report.garbled >= GARBLED_SHARE) garbled.push(number);
    },
    warnings: () => [
      ...warningOf("page_without_text", "These pages show no text, e.g. scans without a text layer", blank),
      ...warningOf("page_garbled", "The fonts of these pages don't say which letters they draw", garbled),
    ],
  };
}

function warningOf(code: string, detail: string, pages: number[]): ParseWarning[] {
  return pages.length === 0 ? [] : [{ code, detail, pages: [...pages] }];
}
