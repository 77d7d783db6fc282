import { expect, test } from "vitest";
import { buildPptx, slideGroup, slideShape, slideTable } from "../../../dev/fixtures/build-pptx.ts";
import { failureReason, readPages } from "../../../dev/fixtures/read-pages.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async () => new Uint8Array() });
const read = (bytes: Uint8Array) => readPages(parser, bytes, "a.pptx");

test("slides come in the order of the show, hidden ones too, with title as label", async () => {
  const slides = ["un", "deux", "trois"].map((title, index) => ({
    shapes: slideShape(title, "title"),
    hidden: index === 1,
  }));
  const { pages } = await read(buildPptx(slides, [2, 0, 1]));
  expect(pages.map(({ number, kind, label }) => [number, kind, label])).toEqual([
    [1, "slide", "trois"],
    [2, "slide", "un"],
    [3, "slide", "deux"],
  ]);
});

test("groups, tables, SmartArt and notes are all text of the slide", async () => {
  const shapes = [
    slideShape("Bilan", "title"),
    slideGroup(slideGroup(slideShape("Au fond & loin"))),
    slideTable([
      ["Pays", "Ventes"],
      ["France", ""],
    ]),
    slideShape("4", "sldNum"),
  ].join("");
  const { pages } = await read(
    buildPptx([{ shapes, notes: "À dire.\nLentement.", smartArt: ["Plan", "Faire"] }]),
  );
  expect(pages[0]?.text).toBe(
    "Bilan\n\nAu fond & loin\n\nPays\tVentes\nFrance\n\nPlan\nFaire\n\nNotes:\nÀ dire.\nLentement.",
  );
  expect(pages[0]?.headings).toEqual([{ offset: 0, level: 1, title: "Bilan" }]);
});

test("a blank slide is listed, a deck of blank slides refused", async () => {
  const blank = { shapes: "" };
  const { warnings } = await read(buildPptx([blank, { shapes: slideShape("x") }]));
  expect(warnings).toMatchObject([{ code: "page_without_text", pages: [1] }]);
  expect(await failureReason(read(buildPptx([blank])))).toBe("no_text");
});

test("XML nested without end is refused, not crashed on", async () => {
  const deep = slideGroup("").replace("</p:grpSp>", "<p:grpSp>".repeat(5000));
  expect(await failureReason(read(buildPptx([{ shapes: deep + "</p:grpSp>".repeat(5001) }])))).toBe(
    "corrupt",
  );
});

test("a line break inside a title is a space", async () => {
  const shapes = slideShape("Bilan", "title").replace("<a:r>", "<a:r><a:t>Premier</a:t></a:r><a:br/><a:r>");
  const { pages } = await read(buildPptx([{ shapes }]));
  expect([pages[0]?.label, pages[0]?.text]).toEqual(["Premier Bilan", "Premier Bilan"]);
});
