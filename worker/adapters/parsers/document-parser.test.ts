import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { buildDocx, wordParagraph } from "../../../dev/fixtures/build-docx.ts";
import { buildPdf } from "../../../dev/fixtures/build-pdf.ts";
import { failureReason, readPages } from "../../../dev/fixtures/read-pages.ts";
import { createDocumentParser } from "./document-parser.ts";
import { DOCX, PDF } from "./media-types.ts";

const parser = createDocumentParser({ cmap: async () => new Uint8Array() });
const reason = (bytes: Uint8Array, filename: string) => failureReason(readPages(parser, bytes, filename));
const ascii = (text: string) => new TextEncoder().encode(text);

test("a file is read as what it is, not as what it is called", async () => {
  const pdf = await buildPdf({ pages: [[{ text: "Bonjour", x: 50, y: 700 }]] });
  expect(await readPages(parser, pdf, "a.docx")).toMatchObject({ mediaType: PDF, pagesTotal: 1 });
  const docx = buildDocx({ body: wordParagraph("Bonjour") });
  expect(await readPages(parser, docx, "a.pdf")).toMatchObject({
    mediaType: DOCX,
    pages: [{ text: "Bonjour" }],
  });
});

test("files without content are empty", async () => {
  expect(await reason(new Uint8Array(), "a.pdf")).toBe("empty");
  expect(await reason(ascii(" \n\t"), "a.txt")).toBe("empty");
  expect(await reason(Uint8Array.of(0xef, 0xbb, 0xbf), "a.txt")).toBe("empty");
  expect(await reason(ascii("<html><script>1</script></html>"), "a.html")).toBe("empty");
});

test("bytes that aren't what their name promises are corrupt, foreign formats unsupported", async () => {
  expect(await reason(new Uint8Array(500).fill(0xa5), "a.pdf")).toBe("corrupt");
  expect(await reason(ascii("<html>404 not found</html>"), "a.pdf")).toBe("corrupt");
  expect(await reason(Uint8Array.of(1, 0, 2, 0, 0, 7, 0), "a.txt")).toBe("unsupported");
  expect(await reason(ascii(`text${"x".repeat(9000)}\0`), "a.bin")).toBe("no failure");
  expect(await reason(zipSync({ "xl/workbook.xml": ascii("<x/>") }), "a.xlsx")).toBe("unsupported");
});

test("a compound file is encrypted if it says so, else a format of the last century", async () => {
  const magic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  const file = new Uint8Array(1024);
  file.set(magic);
  expect(await reason(file, "a.doc")).toBe("unsupported");
  file.set(
    [..."EncryptedPackage"].flatMap((letter) => [letter.charCodeAt(0), 0]),
    640,
  );
  expect(await reason(file, "a.docx")).toBe("encrypted");
});
