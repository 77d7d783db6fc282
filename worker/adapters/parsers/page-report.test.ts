import { expect, test } from "vitest";
import { buildDocx, wordParagraph, wordRun, wordTable } from "../../../dev/fixtures/build-docx.ts";
import { buildPdf, column } from "../../../dev/fixtures/build-pdf.ts";
import { readPages } from "../../../dev/fixtures/read-pages.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async () => new Uint8Array() });
const PROSE =
  "La durée du travail est fixée à trente-cinq heures par semaine pour tous les salariés. ".repeat(5);

async function reportsOf(content: string | Uint8Array, filename: string) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return (await readPages(parser, bytes, filename)).pages.map(({ report }) => report);
}

test("characters are those of the page's text, tables are rows of several cells", async () => {
  const lines = [
    ...column(["Pays", "France", "Suisse"], 50, 700),
    ...column(["Capitale", "Paris", "Berne"], 200, 700),
  ];
  const { pages } = await readPages(
    parser,
    await buildPdf({ pages: [lines, column(["Rien."], 50, 700)] }),
    "a.pdf",
  );
  expect(pages.map(({ report }) => report.tables)).toEqual([1, 0]);
  for (const { text, report } of pages) expect(report.characters).toBe(text.length);
});

test("of a Word document, comments and tracked deletions are counted on their page", async () => {
  const deletion = `<w:del w:id="1" w:author="A"><w:r><w:delText>biffé</w:delText></w:r></w:del>`;
  const comment = `<w:r><w:commentReference w:id="0"/></w:r>`;
  const body = [
    `<w:p>${wordRun("Premier.")}${deletion}${deletion}${comment}</w:p>`,
    `<w:p><w:r><w:br w:type="page"/></w:r>${wordRun("Second.")}</w:p>`,
    wordTable([
      ["a", "b"],
      ["1", "2"],
    ]),
    `<w:p>${deletion}${wordRun("Fin.")}</w:p>`,
    wordParagraph("Après."),
  ].join("");
  const [first, second] = await reportsOf(buildDocx({ body }), "a.docx");
  expect(first).toMatchObject({ tables: 0, dropped: { comment: 1, deleted_text: 2 } });
  expect(second).toMatchObject({ tables: 1, dropped: { deleted_text: 1 } });
  const { pages } = await readPages(parser, buildDocx({ body }), "a.docx");
  expect(pages.map(({ text }) => text).join("\n")).not.toContain("biffé");
});

test("of a web page, navigation, pictures and hidden elements are counted in the section they stand in", async () => {
  const page = `<body><nav>Menu</nav><h1>Un</h1><p>${PROSE}<img src="a.png"></p><p hidden>caché</p>
    <h1>Deux</h1><ul><li><img src="b.png"></li><li>${PROSE}</li></ul><iframe src="x"></iframe></body>`;
  const reports = await reportsOf(page, "a.html");
  expect(reports.map(({ dropped }) => dropped)).toEqual([
    { navigation: 1, image: 1 },
    { hidden: 1, image: 1, embedded: 1 },
  ]);
  const { pages } = await readPages(parser, new TextEncoder().encode(page), "a.html");
  expect(pages[1]?.text).toBe(`Deux\n- ${PROSE.trim()}`);
});

test("a cut section tells of what was dropped once", async () => {
  const [first, ...others] = await reportsOf(`# Long\n\n![a](b.png) ${"word ".repeat(9_000)}`, "a.md");
  expect(others.length).toBeGreaterThan(0);
  const images = [first, ...others].map((report) => report?.dropped.image ?? 0);
  expect(images.reduce((sum, count) => sum + count, 0)).toBe(1);
});

test("the share of meaningless glyphs is that of the page as it was read", async () => {
  const reports = await reportsOf(`${"abcd ".repeat(40)}\u0001\uFFFD\n\fplain`, "a.txt");
  expect(reports.map(({ garbled }) => garbled)).toEqual([2 / 162, 0]);
});
