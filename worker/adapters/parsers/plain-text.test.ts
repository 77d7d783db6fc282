import { expect, test } from "vitest";
import { readPages } from "../../../dev/fixtures/read-pages.ts";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { createDocumentParser } from "./document-parser.ts";
import { MAX_SECTION_CHARS } from "./sections.ts";

const parser = createDocumentParser({ cmap: async () => new Uint8Array() });
const read = (bytes: Uint8Array | string) =>
  readPages(parser, typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes, "a.txt");

test("hard-wrapped lines are joined, short lines and lists are not", async () => {
  const { pages } = await read(
    "The sun had gone down behind the hills before the\ntravellers reached the inn, and they were very tired\nafter the day's long march.\n\nWine: 2\nBread: 1\n\n- one\n- two",
  );
  expect(pages[0]?.text).toBe(
    "The sun had gone down behind the hills before the travellers reached the inn, and they were very tired after the day's long march.\n\nWine: 2\nBread: 1\n\n- one\n- two",
  );
});

test("form feeds make pages that keep their numbers", async () => {
  const { pages, warnings } = await read("un\f\fdeux\f");
  expect(pages.map(({ number, kind, text }) => [number, kind, text])).toEqual([
    [1, "page", "un"],
    [2, "page", ""],
    [3, "page", "deux"],
  ]);
  expect(warnings).toMatchObject([{ pages: [2] }]);
});

test("long texts are cut into bounded sections and nothing is lost", async () => {
  const text = Array.from({ length: 4000 }, (_, index) => `Paragraph number ${index}.`).join("\n\n");
  const { pages } = await read(text);
  expect(pages.length).toBeGreaterThan(3);
  expect(Math.max(...pages.map((page) => page.text.length))).toBeLessThanOrEqual(MAX_SECTION_CHARS * 1.1);
  expect(pages.map((page) => page.text).join("\n\n")).toBe(text);
});

test("a megabyte without a space is cut quickly, not inside a surrogate pair", async () => {
  const started = performance.now();
  const { pages } = await read(`a${"😀".repeat(250_000)}`);
  expect(performance.now() - started).toBeLessThan(atThisSpeed(3000));
  expect(pages.map((page) => page.text).join("")).toBe(`a${"😀".repeat(250_000)}`);
});

test("encodings are told apart without a declaration", async () => {
  const french = "Vendre ou donner son véhicule à un particulier, déjà réglé. ".repeat(3);
  const latin = Uint8Array.from(french, (letter) => letter.charCodeAt(0));
  expect((await read(latin)).pages[0]?.text).toBe(french.trim());
  const wide = Uint8Array.from([...french].flatMap((letter) => [letter.charCodeAt(0), 0]));
  expect((await read(wide)).pages[0]?.text).toBe(french.trim());
  expect((await read(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).pages[0]?.text).toBe("a");
  const russian = Uint8Array.from(
    [..."Договор заключается на неопределённый срок и вступает в силу со дня его подписания. ".repeat(3)],
    (letter) => (letter === "ё" ? 0xb8 : letter >= "А" ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0)),
  );
  expect((await read(russian)).pages[0]?.text).toContain("Договор заключается");
});

test("bare carriage returns end lines", async () => {
  expect((await read("un\rdeux\r\rtrois")).pages[0]?.text).toBe("un\ndeux\n\ntrois");
});
