import fc from "fast-check";
import { expect, test } from "vitest";
import type { PageKind, ParsedPage } from "../../ports/document-parser.ts";
import { type Chunk, chunkPages } from "./chunk-pages.ts";
import { chunkSlices } from "./chunk-slices.ts";
import { collectBodies } from "./document-bodies.ts";
import { findBodies } from "./running-lines.ts";

const SIZES = { target: 90, max: 140, beforeHeading: 25 };

const words = fc.lorem({ mode: "sentences", maxCount: 6 });
const line = fc.oneof(
  { weight: 5, arbitrary: words },
  {
    weight: 2,
    arbitrary: fc.string({ unit: "grapheme", maxLength: 300 }).map((text) => text.replace(/\s+/g, " ")),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "Annual report 2025",
      "Page 12 of 40",
      "",
      "  ",
      "Scrap.",
      "1. Leave ........ 12",
    ),
  },
);
const written = fc.record({ text: line, level: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 4 }) });
const running = fc.record({ top: fc.boolean(), bottom: fc.boolean() });

const documents = fc
  .tuple(
    fc.constantFrom<PageKind>("page", "slide", "section"),
    running,
    fc.array(fc.array(written, { maxLength: 8 }), { minLength: 1, maxLength: 12 }),
  )
  .map(([kind, { top, bottom }, pages]) =>
    pages.map((lines, index): ParsedPage => {
      const page: ParsedPage = { number: index + 1, kind, label: null, text: "", headings: [] };
      const texts = [
        ...(top ? [{ text: `Handbook, page ${index + 1}`, level: null }] : []),
        ...lines,
        ...(bottom ? [{ text: `${index + 1}`, level: null }] : []),
      ];
      for (const { text, level } of texts) {
        if (page.text !== "") page.text += "\n";
        if (level) page.headings.push({ offset: page.text.length, level, title: text });
        page.text += text;
      }
      return page;
    }),
  );

async function inSlices(pages: ParsedPage[], size: number): Promise<Chunk[]> {
  const bodies = collectBodies();
  for (const page of pages) bodies.add(page);
  const slices = async function* () {
    for (let start = 0; start < pages.length; start += size) yield pages.slice(start, start + size);
  };
  const found: Chunk[] = [];
  for await (const chunks of chunkSlices(slices(), bodies.bodies(), SIZES)) found.push(...chunks);
  return found;
}

test("a document chunked in slices has the chunks that it has when chunked at once", async () => {
  await fc.assert(
    fc.asyncProperty(documents, fc.integer({ min: 1, max: 5 }), async (pages, size) => {
      expect(await inSlices(pages, size)).toEqual(chunkPages(pages, SIZES));
    }),
    { numRuns: 150 },
  );
});

test("bodies found from the edges of pages are those found in the whole", () => {
  fc.assert(
    fc.property(documents, (pages) => {
      const found = collectBodies();
      for (const page of pages) found.add(page);
      expect(found.bodies()).toEqual(findBodies(pages));
    }),
    { numRuns: 150 },
  );
});

test("a slice holds on to its last chunk alone, however long the document", async () => {
  const text = Array.from({ length: 12 }, (_, index) => `Sentence ${index} says something of its own.`).join(
    "\n",
  );
  const pages = Array.from({ length: 60 }, (_, index): ParsedPage => {
    return {
      number: index + 1,
      kind: "section",
      label: null,
      text,
      headings: [{ offset: 0, level: 2, title: "A" }],
    };
  });
  const yielded: number[] = [];
  const bodies = collectBodies();
  for (const page of pages) bodies.add(page);
  const slices = async function* () {
    for (const page of pages) yield [page];
  };
  for await (const chunks of chunkSlices(slices(), bodies.bodies(), SIZES)) yielded.push(chunks.length);
  // One page has seven chunks or so; what a slice gives doesn't grow with what came before it.
  expect(Math.max(...yielded)).toBeLessThan(2 * chunkPages(pages.slice(0, 1), SIZES).length);
});
