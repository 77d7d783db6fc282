import fc from "fast-check";
import { expect, test } from "vitest";
import { cutSegments } from "../../db/schema/segment.ts";
import type { ParsedPage } from "../../ports/document-parser.ts";
import { CHUNK_SIZES, type Chunk, chunkPages } from "./chunk-pages.ts";

function page(number: number, text: string, headings: ParsedPage["headings"] = []): ParsedPage {
  return { number, kind: "page", label: null, text, headings };
}

const BODIES = ["Winter", "Spring", "Summer", "Autumn"];

function paragraph(seed: string, sentences: number): string {
  return Array.from({ length: sentences }, (_, i) => `${seed} sentence number ${i} says something.`).join(
    " ",
  );
}

function cutAgain(chunk: Chunk, pages: ParsedPage[]): string {
  return cutSegments(chunk.segments, (number) => pages[number - 1]?.text ?? "");
}

test("a chunk's text can be cut again from its pages, and no chunk is longer than the limit", () => {
  const line = fc.oneof(
    fc.lorem({ mode: "sentences", maxCount: 30 }),
    fc.string({ unit: "grapheme", maxLength: 4000 }).map((text) => text.replace(/\s+/g, " ")),
  );
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 6 }), (texts) => {
      const pages = texts.map((lines, index) => page(index + 1, lines.join("\n")));
      const chunks = chunkPages(pages);
      expect(chunks.map(({ ordinal }) => ordinal)).toEqual(chunks.map((_, index) => index));
      for (const chunk of chunks) {
        expect(cutAgain(chunk, pages)).toBe(chunk.text);
        expect(chunk.text.length).toBeLessThanOrEqual(CHUNK_SIZES.max + pages.length);
      }
    }),
    { numRuns: 60 },
  );
});

test("nothing but white space between lines is left out of the chunks", () => {
  const pages = [
    page(1, paragraph("First", 60)),
    page(2, `${paragraph("Second", 3)}\n${paragraph("Third", 40)}`),
  ];
  const words = (text: string) => text.split(/\s+/).filter(Boolean);
  const chunked = chunkPages(pages).flatMap(({ text }) => words(text));
  expect(chunked).toEqual(pages.flatMap(({ text }) => words(text)));
});

test("a page or slide ends its chunk; sections, which have no number, are gathered", () => {
  const pages = [page(1, "The contract begins in May"), page(2, "and ends in June.")];
  expect(chunkPages(pages).map(({ segments }) => segments.map((segment) => segment.page))).toEqual([
    [1],
    [2],
  ]);
  const sections = pages.map((each) => ({ ...each, kind: "section" as const }));
  const [chunk, ...others] = chunkPages(sections);
  expect(others).toEqual([]);
  expect(chunk?.segments.map(({ page: number, start, end }) => [number, start, end])).toEqual([
    [1, 0, 26],
    [2, 0, 17],
  ]);
});

test("a heading starts a new chunk and names those below it", () => {
  const title = "Leave";
  const text = `${paragraph("Remote", 10)}\n${title}\n${paragraph("Leave", 4)}`;
  const pages = [
    page(1, text, [
      { offset: 0, level: 1, title: "Handbook" },
      { offset: text.indexOf(title), level: 2, title },
    ]),
  ];
  const chunks = chunkPages(pages);
  expect(chunks.at(0)?.headings).toEqual(["Handbook"]);
  expect(chunks.at(-1)?.headings).toEqual(["Handbook", "Leave"]);
  expect(chunks.at(-1)?.text.startsWith(title)).toBe(true);
});

test("running headers and footers stay in the page but out of the chunks, between two pages too", () => {
  const pages = [1, 2, 3, 4].map((number) =>
    page(number, `Annual report 2025\n${paragraph(BODIES[number - 1] ?? "", 3)}\nPage ${number} of 4`),
  );
  const text = chunkPages(pages)
    .map((chunk) => chunk.text)
    .join("\n");
  expect(text).not.toContain("Annual report");
  expect(text).not.toMatch(/Page \d of 4/);
  expect(text).toContain("Winter sentence number 2");
  expect(text).toContain("Autumn sentence number 0");
});

test("a table of contents is left out, in the middle of a page too", () => {
  const text = `Before it.\n1. Leave ........................ 12\n2. Pay . . . . . . . . 14\nAfter it.`;
  const [chunk] = chunkPages([page(1, text)]);
  expect(chunk?.text).toBe("Before it.\nAfter it.");
  expect(chunk && cutAgain(chunk, [page(1, text)])).toBe(chunk?.text);
});

test("pages that all say the same thing are not taken for headers", () => {
  const pages = [1, 2, 3].map((number) => page(number, "Hello"));
  expect(chunkPages(pages).map(({ text }) => text)).toEqual(["Hello", "Hello", "Hello"]);
});

test("a megabyte without a space is cut, quickly", () => {
  const pages = [page(1, "x".repeat(1_000_000))];
  const chunks = chunkPages(pages);
  expect(chunks.length).toBeGreaterThan(700);
  expect(chunks.reduce((sum, { text }) => sum + text.length, 0)).toBe(1_000_000);
});
