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
  expect(sniffMediaType(bytes("{\\rtf1 hello}"), "a.txt")).toBe(UNKNOWN);
});

test.each([
  ["\x89PNG\r\n\x1a\n", "image/png"],
  ["\xff\xd8\xff\xe0", "image/jpeg"],
  ["GIF89a", "image/gif"],
  ["RIFF\x24\x08\x01\x01WEBPVP8 ", "image/webp"],
  ["RIFF\x24\x08\x01\x01WAVEfmt ", "audio/wav"],
  ["ID3\x03", "audio/mpeg"],
  ["\x01\x01\x01\x20ftypisom", "video/mp4"],
  ["\x7fELF", "application/x-executable"],
  [`MZ${"x".repeat(58)}\x80\x01\0\0`, "application/vnd.microsoft.portable-executable"],
])("what begins as %j is told as %s, though the rest of it is printable", (start, type) => {
  const file = Uint8Array.from(start + "printable ".repeat(400), (letter) => letter.charCodeAt(0));
  expect(sniffMediaType(file, "notes.txt")).toBe(type);
});

test.each([
  "MZ is what old programs begin with.",
  "RIFF: a file format",
  "ID3 tags, explained",
  "GIF or PNG?",
])("a text that only speaks of such files stays one: %s", (text) => {
  expect(sniffMediaType(bytes(text), "notes.txt")).toBe(PLAIN_TEXT);
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
