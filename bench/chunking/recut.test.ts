import { expect, test } from "vitest";
import { cutSegments } from "../../worker/db/schema/segment.ts";
import { type Chunk, chunkPages } from "../../worker/ingest/chunking/chunk-pages.ts";
import type { PageKind, ParsedPage } from "../../worker/ports/document-parser.ts";
import { acrossPages, intoWindows, withOverlap } from "./recut.ts";

function page(number: number, text: string, kind: PageKind = "page"): ParsedPage {
  return { number, kind, label: null, text, headings: [] };
}

/** Paragraphs of some 200 characters, each sentence another. */
function prose(name: string, paragraphs: number): string {
  return Array.from({ length: paragraphs }, (_, paragraph) =>
    Array.from({ length: 4 }, (_, k) => `Sentence ${k} of paragraph ${paragraph} in ${name} ends here.`).join(
      " ",
    ),
  ).join("\n");
}

const PAGES = [page(1, prose("one", 12)), page(2, prose("two", 7)), page(3, "Short.")];

function expectSpansToHold(chunks: Chunk[], pages: ParsedPage[]): void {
  for (const { segments, text } of chunks) {
    expect(cutSegments(segments, (number) => pages[number - 1]?.text ?? "")).toBe(text);
  }
}

test("overlap begins at a sentence of the chunk before, on the same page only", () => {
  const chunks = chunkPages(PAGES);
  const overlapping = withOverlap(chunks, PAGES, 100);
  expectSpansToHold(overlapping, PAGES);
  for (const [index, { segments, text }] of overlapping.entries()) {
    const [own, before] = [chunks[index], chunks[index - 1]];
    const added = text.length - (own?.text.length ?? 0);
    expect(text.endsWith(own?.text ?? "?")).toBe(true);
    if (before?.segments[0]?.page !== segments[0]?.page) expect(added).toBe(0);
    else {
      expect(text).toMatch(/^Sentence \d of/);
      expect(added).toBeGreaterThanOrEqual(100);
      expect(added).toBeLessThanOrEqual(201);
      expect(before?.text).toContain(text.slice(0, 50));
      expect(segments).toHaveLength(1);
    }
  }
  expect(overlapping).not.toEqual(chunks);
});

test("of a long sentence overlap takes the last words", () => {
  const endless = [page(1, `${"word ".repeat(240).trim()}\n${"other ".repeat(50).trim()}`)];
  const [, second] = withOverlap(chunkPages(endless), endless, 100);
  expect(second?.text).toMatch(/^word word/);
  expect(second?.text.indexOf("other")).toBe(100);
});

test("overlap over lines that were left out is a span of its own", () => {
  const parted = [page(1, `${prose("one", 5)}\nContents ........ 12\n${prose("two", 5)}`)];
  const overlapping = withOverlap(chunkPages(parted), parted, 60);
  expectSpansToHold(overlapping, parted);
  expect(overlapping.map(({ text }) => text).join("\n")).not.toContain("........");
});

test("windows are of one size but the last of a page, and hold the text once", () => {
  const windows = intoWindows(chunkPages(PAGES), PAGES, 300);
  expectSpansToHold(windows, PAGES);
  for (const { number, text } of PAGES) {
    const ofPage = windows.filter(({ segments }) => segments[0]?.page === number);
    const ink = (part: string) => part.replace(/\s/g, "");
    expect(ofPage.map((window) => ink(window.text)).join("")).toBe(ink(text));
    // The line end between two chunks belongs to neither: a window over it is longer by that.
    for (const { text: cut } of ofPage.slice(0, -1)) expect([300, 301]).toContain(cut.length);
  }
});

test("windows run from section to section, and leave characters whole", () => {
  const sections = [page(1, "😀".repeat(10), "section"), page(2, "é".repeat(10), "section")];
  const windows = intoWindows(chunkPages(sections), sections, 15);
  expectSpansToHold(windows, sections);
  expect(windows.map(({ text }) => text)).toEqual(["😀".repeat(8), `😀😀\n${"é".repeat(10)}`]);
});

test("a chunk over a page break leaves running lines out and names its pages", () => {
  const pages = ["Cats purr.", "Dogs bark.", "Birds sing.", "Fish say nothing."].map((body, index) =>
    page(index + 1, `Annual report\n${body}`),
  );
  const [chunk, ...others] = acrossPages(pages);
  expect(others).toEqual([]);
  expect(chunk?.text).not.toContain("Annual report");
  expect(chunk?.segments.map((segment) => [segment.page, segment.kind])).toEqual(
    pages.map(({ number }) => [number, "page"]),
  );
  expectSpansToHold(chunk ? [chunk] : [], pages);
});
