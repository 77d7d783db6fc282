import { expect, test } from "vitest";
import { failureReason, readPages } from "../../../dev/fixtures/read-pages.ts";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async () => new Uint8Array() });
const read = (html: string) => readPages(parser, new TextEncoder().encode(html), "a.html");
const PROSE =
  "La durée du travail est fixée à trente-cinq heures par semaine pour tous les salariés. ".repeat(5);

test("headings cut sections, tables are rows, links keep their words", async () => {
  const { pages } = await read(
    `<html><body><h1>Travail</h1><p>${PROSE}</p><h2>Barème</h2><table><tr><th>An</th><th>Taux</th></tr><tr><td>2025</td><td>3&nbsp;%</td></tr></table><p>Voir <a href="https://example.org/x">la loi</a>.</p></body></html>`,
  );
  expect(pages.map((page) => page.label)).toEqual(["Travail", "Travail › Barème"]);
  expect(pages[1]?.text).toBe("Barème\n\nAn\tTaux\n2025\t3 %\n\nVoir la loi.");
});

test("scripts, hidden elements and navigation are left out", async () => {
  const { pages } = await read(
    `<body><nav>Menu</nav><p>${PROSE}</p><p hidden>caché1</p><p style="color:red; display: none">caché2</p><script>caché3</script><!-- caché4 --></body>`,
  );
  const text = pages.map((page) => page.text).join("\n");
  expect(text).toContain("trente-cinq heures");
  expect(text).not.toMatch(/caché|Menu/);
});

test("most of a page is never lost to the search for its main content", async () => {
  const items = Array.from(
    { length: 40 },
    (_, index) => `<div><span>Fait numéro ${index}.</span></div>`,
  ).join("");
  const { pages } = await read(`<body><article><p>${PROSE}</p></article><section>${items}</section></body>`);
  expect(pages.map((page) => page.text).join("\n")).toContain("Fait numéro 39.");
});

test("nesting without end is read flat", async () => {
  const { pages } = await read(`<body>${"<div>".repeat(50_000)}au fond</body>`);
  expect(pages[0]?.text).toBe("au fond");
});

test("too much markup is refused", async () => {
  expect(await failureReason(read(`<body>${"x".repeat(10_000_001)}</body>`))).toBe("too_large");
});

test("declared encodings are obeyed", async () => {
  const page = '<html><head><meta charset="iso-8859-1"></head><body>p\u00E9riode d\u2019essai</body></html>';
  const bytes = Uint8Array.from(page, (letter) => (letter === "\u2019" ? 0x92 : letter.charCodeAt(0)));
  expect((await readPages(parser, bytes, "a.html")).pages[0]?.text).toBe("période d’essai");
});

test("elements that never end cost no more than those that do", { timeout: atThisSpeed(5_000) }, async () => {
  const { pages } = await read(`<body>${"<svg>".repeat(60_000)}${"<noscript>".repeat(60_000)}<p>fin</p>`);
  expect(pages[0]?.text).toBe("fin");
});

test("HTML without end tags is read, however deep it nests by the parser's rules", async () => {
  const items = Array.from({ length: 3000 }, (_, index) => `<li><p>mot ${index}`);
  expect((await read(`<ul>${items.join("")}`)).pages.map((page) => page.text).join("\n")).toContain(
    "mot 2999",
  );
  const nested = await read(`<ul><li><p>mot`.repeat(3000));
  expect(nested.pages[0]?.text).toContain("mot");
  const hiding = await read(`${'<div title="</div>">'.repeat(15_000)}au fond`);
  expect(hiding.pages[0]?.text).toContain("au fond");
});

test("a page of 1995 keeps its headings, lists and rows", async () => {
  const items = Array.from({ length: 500 }, (_, index) => `<LI>point ${index}`).join("\n");
  const { pages } = await read(
    `<HTML><TITLE>t</TITLE><BODY><H1>Avis</H1><P>un<P>deux<UL>${items}</UL><TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE>`,
  );
  expect(pages[0]?.headings[0]?.title).toBe("Avis");
  expect(pages.map((page) => page.text).join("\n")).toMatch(/un\n\ndeux[\s\S]*- point 499[\s\S]*a\tb\nc\td/);
});
