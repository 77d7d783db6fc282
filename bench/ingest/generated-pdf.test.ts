import { expect, test } from "vitest";
import { buildPdf } from "../../dev/fixtures/build-pdf.ts";
import { readPages } from "../../dev/fixtures/read-pages.ts";
import { createDocumentParser } from "../../worker/adapters/parsers/document-parser.ts";
import { generatePdf } from "./generated-pdf.ts";

const parser = createDocumentParser({ cmap: () => Promise.reject(new Error("no CMap is needed")) });

test("a generated PDF reads like a report: paragraphs, headings, a running header", async () => {
  const { pages } = await readPages(parser, await generatePdf({ pages: 3, seed: 1 }), "report.pdf");
  expect(pages).toHaveLength(3);
  for (const { text } of pages) expect(text.length).toBeGreaterThan(3_000);
  expect(pages[0]?.headings.map(({ title }) => title)).toContainEqual(expect.stringMatching(/^Section \d+ /));
  expect(pages[1]?.text).toMatch(/^Rapport annuel/);
  expect(pages[1]?.text.split("\n\n").length).toBeGreaterThan(5);
});

test("another seed is another document; images add their bytes", async () => {
  const [first, second] = await Promise.all([1, 2].map((seed) => generatePdf({ pages: 1, seed })));
  expect(first).not.toEqual(second);
  const padded = await generatePdf({ pages: 2, seed: 1, imageBytes: 500_000 });
  expect(padded.length).toBeGreaterThan(490_000);
  expect((await readPages(parser, padded, "report.pdf")).pages).toHaveLength(2);
});

// Under Node PDF.js is done with a page before its reader is: whoever waits for it to give up then waits for ever.
test("a page without text is read to its end", async () => {
  const word = [{ text: "word", x: 50, y: 700 }];
  const { pages } = await readPages(parser, await buildPdf({ pages: [word, []], pictures: [2] }), "scan.pdf");
  expect(pages.map(({ report }) => report.scanned)).toEqual([false, true]);
});
