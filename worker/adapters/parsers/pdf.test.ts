import { expect, test } from "vitest";
import {
  buildDeflatedPdf,
  buildLoopingPdf,
  buildPdf,
  buildShiftJisPdf,
  column,
} from "../../../dev/fixtures/build-pdf.ts";
import { failureReason, readPages } from "../../../dev/fixtures/read-pages.ts";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { bytesSource } from "./bytes-source.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async (name) => Promise.reject(new Error(`asked for ${name}`)) });
const read = (bytes: Uint8Array) => readPages(parser, bytes, "a.pdf");

const LEFT = [
  "The left column starts here and its",
  "text goes on over several lines until",
  "it comes to the end of the column.",
];
const RIGHT = [
  "The right column is read after it, not",
  "line by line across the gutter, which",
  "would mix two sentences into nonsense.",
];

test("columns are read one after the other, whatever the drawing order", async () => {
  const left = column(LEFT, 50, 700);
  const right = column(RIGHT, 320, 700);
  const mixed = [right[1], left[2], right[0], left[0], left[1], right[2]].filter(
    (line) => line !== undefined,
  );
  const { pages } = await read(await buildPdf({ pages: [mixed] }));
  expect(pages[0]?.text).toBe(`${LEFT.join(" ")}\n\n${RIGHT.join(" ")}`);
});

test("words cut at line ends are whole again and paragraphs stay apart", async () => {
  const lines = [
    ...column(
      ["La dérogation n'exempte pas l'organisme de publier une décla-", "ration d'accessibilité."],
      50,
      700,
    ),
    ...column(["Un autre paragraphe commence ici."], 50, 660),
  ];
  const { pages } = await read(await buildPdf({ pages: [lines] }));
  expect(pages[0]?.text).toBe(
    "La dérogation n'exempte pas l'organisme de publier une déclaration d'accessibilité.\n\nUn autre paragraphe commence ici.",
  );
});

test("table rows are lines with tabs between cells", async () => {
  const lines = [
    ...column(["Pays", "France", "Suisse"], 50, 700),
    ...column(["Capitale", "Paris", "Berne"], 200, 700),
    ...column(["Habitants", "68", "9"], 350, 700),
  ];
  const { pages } = await read(await buildPdf({ pages: [lines] }));
  expect(pages[0]?.text).toBe("Pays\tCapitale\tHabitants\nFrance\tParis\t68\nSuisse\tBerne\t9");
});

test("a superscript stays on its word", async () => {
  const lines = [
    { text: "E = mc", x: 50, y: 700 },
    { text: "2", x: 81.5, y: 704, size: 6 },
    { text: " is known.", x: 84.9, y: 700 },
  ];
  const { pages } = await read(await buildPdf({ pages: [lines] }));
  expect(pages[0]?.text).toBe("E = mc2 is known.");
});

test("larger type makes headings, with offsets into the page's text", async () => {
  const lines = [
    ...column(["Conclusions"], 50, 760, 0, 20),
    ...column(["A line of body text that is long enough to be the usual size."], 50, 700),
  ];
  const [page] = (await read(await buildPdf({ pages: [lines] }))).pages;
  expect(page?.headings).toEqual([{ offset: 0, level: 1, title: "Conclusions" }]);
});

test("rotated pages read like upright ones", async () => {
  const lines = column(
    ["Première ligne du texte de la page", "et la seconde qui la suit aussitôt."],
    50,
    700,
  );
  const upright = await read(await buildPdf({ pages: [lines] }));
  const turned = await read(await buildPdf({ pages: [lines], rotation: 90 }));
  expect(turned.pages[0]?.text).toBe(upright.pages[0]?.text);
});

test("printed page labels are kept where they differ from the number", async () => {
  const page = [{ text: "x", x: 50, y: 700 }];
  const labelled = await read(await buildPdf({ pages: [page, page], labelPrefix: "A-" }));
  expect(labelled.pages.map((found) => found.label)).toEqual(["A-1", "A-2"]);
  const plain = await read(await buildPdf({ pages: [page, page], labelPrefix: "" }));
  expect(plain.pages.map((found) => found.label)).toEqual([null, null]);
});

test("reading can start at any page and gives the same pages", async () => {
  const file = await buildPdf({ pages: ["un", "deux", "trois"].map((text) => [{ text, x: 50, y: 700 }]) });
  const document = await parser.open({ source: bytesSource(file), filename: "a.pdf" });
  const read: [number, string][] = [];
  for await (const page of document.pages(2)) read.push([page.number, page.text]);
  await document.close();
  expect(read).toEqual([
    [2, "deux"],
    [3, "trois"],
  ]);
});

test("pages without text are listed, a document without any text is refused", async () => {
  const text = [{ text: "x", x: 50, y: 700 }];
  const { warnings, pages } = await read(await buildPdf({ pages: [[], text, []] }));
  expect(pages).toHaveLength(3);
  expect(warnings).toMatchObject([{ code: "page_without_text", pages: [1, 3] }]);
  expect(await failureReason(read(await buildPdf({ pages: [[], []] })))).toBe("no_text");
});

test("a password to open is refused, a password to edit isn't needed", async () => {
  const pages = [[{ text: "secret", x: 50, y: 700 }]];
  expect(await failureReason(read(await buildPdf({ pages, userPassword: "mot" })))).toBe("encrypted");
  expect((await read(await buildPdf({ pages, ownerPassword: "mot" }))).pages[0]?.text).toBe("secret");
});

test("Japanese text without an embedded font asks for its CMaps by name", async () => {
  const asked: string[] = [];
  const curious = createDocumentParser({
    cmap: async (name) => {
      asked.push(name);
      throw new Error("not here");
    },
  });
  await failureReason(readPages(curious, buildShiftJisPdf("82A082A2"), "a.pdf"));
  expect(asked).toContain("90ms-RKSJ-H.bcmap");
});

test("broken page trees and cut-off files end", async () => {
  expect(await failureReason(read(buildLoopingPdf(5)))).toMatch(/^(corrupt|no_text)$/);
  expect(await failureReason(read(buildLoopingPdf(-1)))).toMatch(/^(corrupt|no_text)$/);
  expect(await failureReason(read(new TextEncoder().encode("%PDF-1.7\nnothing")))).toBe("corrupt");
});

test("content that inflates without end is refused before it is inflated", {
  timeout: atThisSpeed(10_000),
}, async () => {
  expect(await failureReason(read(buildDeflatedPdf(["BT ", " ".repeat(1_000_000)], 60)))).toBe("too_large");
  const twice = buildDeflatedPdf(["BT ", " ".repeat(1_000_000)], 60, 2);
  expect(await failureReason(read(twice))).toBe("too_large");
  const text = "BT /F1 12 Tf 20 200 Td (lisible) Tj ET ";
  expect((await read(buildDeflatedPdf([text, " ".repeat(100_000)], 1))).pages[0]?.text).toBe("lisible");
});

test("a page of more text than paper holds is read as far as makes sense", {
  timeout: atThisSpeed(20_000),
}, async () => {
  const words = "BT /F1 9 Tf 1 0 0 1 10 10 Tm (a) Tj 1 0 0 1 200 99 Tm (b) Tj ET ".repeat(2000);
  const { pages } = await read(buildDeflatedPdf(["", words], 40));
  expect(pages[0]?.text.length).toBeGreaterThan(0);
});
