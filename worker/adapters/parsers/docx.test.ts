import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { buildDocx, wordParagraph, wordRun, wordTable } from "../../../dev/fixtures/build-docx.ts";
import { failureReason, readPages } from "../../../dev/fixtures/read-pages.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async () => new Uint8Array() });
const read = (bytes: Uint8Array) => readPages(parser, bytes, "a.docx");
const BREAK = '<w:r><w:br w:type="page"/></w:r>';

test("explicit page breaks cut pages, words on both sides stay apart", async () => {
  const { pages } = await read(
    buildDocx({
      body: `<w:p>${wordRun("fin")}${BREAK}${wordRun("début")}</w:p><w:p>${BREAK}</w:p>${wordParagraph("trois")}`,
    }),
  );
  expect(pages.map(({ number, kind, text }) => [number, kind, text])).toEqual([
    [1, "page", "fin"],
    [2, "page", "début"],
    [3, "page", "trois"],
  ]);
});

test("a paragraph that must start a page starts one", async () => {
  const { pages } = await read(
    buildDocx({
      body: `${wordParagraph("un")}<w:p><w:pPr><w:pageBreakBefore/></w:pPr>${wordRun("deux")}</w:p>`,
    }),
  );
  expect(pages.map((page) => page.text)).toEqual(["un", "deux"]);
});

test("without page breaks headings cut sections, labelled with their path", async () => {
  const body = [
    wordParagraph("Guide", 1),
    wordParagraph("Droits", 2),
    wordParagraph("Chacun a des droits."),
    wordParagraph("Devoirs", 2),
    wordParagraph("Et des devoirs."),
  ].join("");
  const { pages } = await read(buildDocx({ body }));
  expect(pages.map(({ kind, label, text }) => [kind, label, text])).toEqual([
    ["section", "Guide › Droits", "Guide\n\nDroits\n\nChacun a des droits."],
    ["section", "Guide › Devoirs", "Devoirs\n\nEt des devoirs."],
  ]);
  expect(pages[0]?.headings).toEqual([
    { offset: 0, level: 1, title: "Guide" },
    { offset: 7, level: 2, title: "Droits" },
  ]);
});

test("tables are rows, with empty cells kept", async () => {
  const { pages } = await read(
    buildDocx({
      body: wordTable([
        ["", "2025"],
        ["Ventes", "12"],
      ]),
    }),
  );
  expect(pages[0]?.text).toBe("\t2025\nVentes\t12");
});

test("footnotes stand at the end of the page that calls them", async () => {
  const call = '<w:r><w:footnoteReference w:id="1"/></w:r>';
  const body = `<w:p>${wordRun("Une phrase")}${call}${wordRun(".")}</w:p><w:p>${BREAK}</w:p>${wordParagraph("fin")}`;
  const { pages } = await read(buildDocx({ body, footnotes: ["Une note."] }));
  expect(pages.map((page) => page.text)).toEqual(["Une phrase.\n\n[1] Une note.", "fin"]);
});

test("tracked deletions are absent, insertions present, formulas and text boxes read", async () => {
  const body = `<w:p><w:del><w:r><w:delText>effacé</w:delText></w:r></w:del><w:ins>${wordRun("ajouté")}</w:ins></w:p>
    <w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>
    <w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>${wordParagraph("encadré")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`;
  const text = (await read(buildDocx({ body }))).pages.map((page) => page.text).join("\n");
  expect(text).toContain("ajouté");
  expect(text).toContain("1/2");
  expect(text).toContain("encadré");
  expect(text).not.toContain("effacé");
});

test("a document type declaration is refused and never resolved", async () => {
  const prologue = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  expect(await failureReason(read(buildDocx({ body: wordParagraph("x"), prologue })))).toBe("corrupt");
});

test("a text-less document says so, and entries outside the archive change nothing", async () => {
  expect(await failureReason(read(buildDocx({ body: "<w:p/>" })))).toBe("no_text");
  const extra = { "../../etc/passwd": strToU8("root"), "word/media/a.png": new Uint8Array(10) };
  expect((await read(buildDocx({ body: wordParagraph("Texte visible."), extra }))).pages[0]?.text).toBe(
    "Texte visible.",
  );
});

test("sections start on new pages unless their own properties say otherwise", async () => {
  const last = (text: string, type: string) =>
    `<w:p><w:pPr><w:sectPr>${type}<w:sectPrChange w:id="1"><w:sectPr/></w:sectPrChange></w:sectPr></w:pPr>${wordRun(text)}</w:p>`;
  const body = [
    wordParagraph("un"),
    last("fin de un", ""),
    last("suite de un", '<w:type w:val="continuous"/>'),
    wordParagraph("deux"),
    '<w:sectPr><w:type w:val="oddPage"/><w:pgSz w:w="7200"/></w:sectPr>',
  ].join("\n");
  const { pages } = await read(buildDocx({ body }));
  expect(pages.map(({ number, kind, text }) => [number, kind, text])).toEqual([
    [1, "page", "un\n\nfin de un\n\nsuite de un"],
    [2, "page", "deux"],
  ]);
});

test("a last section that starts on the same page makes no pages", async () => {
  const body = `<w:p><w:pPr><w:sectPr/></w:pPr>${wordRun("un")}</w:p>${wordParagraph("deux")}<w:sectPr><w:type w:val="continuous"/></w:sectPr>`;
  expect((await read(buildDocx({ body }))).pages.map((page) => page.kind)).toEqual(["section"]);
});

test("hidden text is left out, shown text beside it stays", async () => {
  const hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">caché</w:t></w:r>';
  const shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve">montré</w:t></w:r>';
  const { pages } = await read(buildDocx({ body: `<w:p>${hidden}${shown}${wordRun(" ici")}</w:p>` }));
  expect(pages[0]?.text).toBe("montré ici");
});
