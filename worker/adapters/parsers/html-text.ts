import { parseHTML } from "linkedom/worker";
import { leanMarkup } from "./html-markup.ts";
import { paragraph, type TextBlock } from "./text-blocks.ts";

/** UTF-16 units of text whose entities are decoded at once. */
const DECODE_CHARS = 50_000;

/** The text of an HTML fragment without a DOM: tags gone, entities decoded, blocks and `<br>` as line ends. */
export function htmlText(fragment: string): string {
  const text = leanMarkup(fragment)
    .replace(/<\/t[dh]\b[^<>]*>\s*/gi, "\t")
    // Authors may leave end tags out.
    .replace(/(?<=[^\s>])\s*<t[dh]\b[^<>]*>/gi, "\t")
    .replace(/(?:<\/(?:li|tr|dt|dd)\b[^<>]*>\s*)?<(?:li|tr|dt|dd)\b[^<>]*>/gi, "\n")
    .replace(/<(br|\/tr|\/li|\/summary)\b[^<>]*>/gi, "\n")
    .replace(/<\/?(p|div|h[1-6]|section|article|blockquote|pre|table|ul|ol|hr)\b[^<>]*>/gi, "\n\n")
    .replace(/<[a-z/!?][^<>]*(>|$)/gi, "");
  return decodeEntities(text);
}

/** The blocks of a page too big or too deep for a DOM: paragraphs, without headings. */
export function plainBlocks(markup: string): TextBlock[] {
  return htmlText(markup)
    .split(/\n{2,}/)
    .map(paragraph);
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const semicolon = text.lastIndexOf(";", from + DECODE_CHARS);
    const to = from + DECODE_CHARS >= text.length || semicolon < from ? from + DECODE_CHARS : semicolon + 1;
    document.body.innerHTML = text.slice(from, to).replace(/</g, "&lt;");
    pieces.push(document.body.textContent ?? "");
    from = to;
  }
  return pieces.join("");
}
