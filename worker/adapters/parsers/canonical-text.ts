import { joinHyphenatedLines } from "./hyphenation.ts";

/** Every line end that Unicode knows (UAX #14 BK, CR, LF, NL), form feed included. */
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Soft hyphen, zero-width, bidi controls, annotation marks and tag characters: unseen by a reader, so unquotable. */
const INVISIBLE =
  /\u00AD|\u061C|\u180E|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u206F]|\uFEFF|[\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
/** Latin, Hebrew and Arabic presentation forms, Kangxi radicals: glyphs that stand for ordinary letters. */
const PRESENTATION_FORMS = /[\u2F00-\u2FDF\uFB00-\uFD3D\uFD40-\uFDFF\uFE70-\uFEFC]+/g;
/** Spaces that aren't one " " already. */
const SPACES = /\p{Zs}{2,}|(?! )\p{Zs}/gu;
const SPACES_AT_TAB = / ?\t ?/g;
/** What a line that is canonical as it stands is without; of Latin letters and French and English punctuation, all are. */
const NOT_PLAIN = /[^ -~\u00A1-\u00AC\u00AE-\u00FFŒœŸ–—‘’“”•…€]| {2}|^ | $/;

/**
 * The one form of text that Ancre stores and quotes; idempotent.
 *
 * NFC; ligatures and presentation forms opened; NUL, controls, zero-width characters, soft hyphens, bidi controls
 * and Unicode tag characters dropped; lone surrogates become U+FFFD. Every line end becomes "\n", spaces at line
 * ends and next to tabs go, other runs of spaces become one; tabs stay, since they separate table cells and an
 * empty cell is two of them. One "\n" ends a line (table row, list item), "\n\n" a paragraph. A word hyphenated at a line end is joined by
 * the rule of `joinHyphenatedLines`.
 */
export function canonicalText(raw: string): string {
  if (!NOT_PLAIN.test(raw)) return raw;
  const lines = raw
    .toWellFormed()
    .replace(LINE_ENDS, "\n")
    .replace(/\u00AD[ \t]*\n[ \t]*/g, "")
    .replace(INVISIBLE, "")
    .replace(CONTROLS, "")
    .replace(PRESENTATION_FORMS, (form) => form.normalize("NFKC"))
    .normalize("NFC")
    .split("\n")
    .map(collapseSpaces);
  return joinHyphenatedLines(lines)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
}

function collapseSpaces(line: string): string {
  return line.replace(SPACES, " ").replace(SPACES_AT_TAB, "\t").replace(/^ /, "").trimEnd();
}
