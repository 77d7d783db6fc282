import { expect, test } from "vitest";
import { buildDocx, wordParagraph } from "../../../dev/fixtures/build-docx.ts";
import { buildPptx, slideShape } from "../../../dev/fixtures/build-pptx.ts";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { COMPOUND_FILE, DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT, PPTX, UNKNOWN } from "./media-types.ts";
import { sniffMediaType } from "./sniff-media-type.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("the content decides, whatever the name says", () => {
  expect(sniffMediaType(bytes("\n%PDF-1.7\n"), "report.docx")).toBe(PDF);
  expect(sniffMediaType(buildDocx({ body: wordParagraph("x") }), "report.pdf")).toBe(DOCX);
  expect(sniffMediaType(buildPptx([{ shapes: slideShape("x") }]), "deck.docx")).toBe(PPTX);
  expect(sniffMediaType(bytes("<!-- a -->\n<!DOCTYPE html><p>x"), "page.txt")).toBe(HTML);
  expect(sniffMediaType(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), "a.docx")).toBe(
    COMPOUND_FILE,
  );
});

test("the name tells text types apart and nothing else", () => {
  expect(sniffMediaType(bytes("# Title"), "a.md")).toBe(MARKDOWN);
  expect(sniffMediaType(bytes("# Title"), "a.txt")).toBe(PLAIN_TEXT);
  expect(sniffMediaType(bytes("just words"), "a.html")).toBe(HTML);
  expect(sniffMediaType(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1), "a.md")).toBe(UNKNOWN);
  expect(sniffMediaType(bytes("{\\rtf1 hello}"), "a.txt")).toBe(UNKNOWN);
});

test("UTF-16 is text with and without a byte order mark", () => {
  const utf16 = Uint8Array.from([..."Bonjour tout le monde"].flatMap((letter) => [letter.charCodeAt(0), 0]));
  expect(sniffMediaType(utf16, "a.txt")).toBe(PLAIN_TEXT);
  expect(sniffMediaType(Uint8Array.of(0xff, 0xfe, ...utf16), "a.txt")).toBe(PLAIN_TEXT);
});

test("a file that starts with comments is told at once", { timeout: atThisSpeed(5_000) }, () => {
  expect(sniffMediaType(bytes(`${"<!-- a -->\n".repeat(93)}# Titre`), "a.md")).toBe(MARKDOWN);
  expect(sniffMediaType(bytes("<?xml version='1.0'?>\n<!-- a --> <!-- b -->\n<html>"), "a.txt")).toBe(HTML);
  expect(sniffMediaType(bytes("<!-- <html> without end"), "a.txt")).toBe(PLAIN_TEXT);
});
