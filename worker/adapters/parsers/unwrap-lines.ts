import { hyphenSeam } from "./hyphenation.ts";

/** Columns between which text files are wrapped by hand or by an editor (mail 72, Gutenberg 75, RFC 72…). */
const NARROWEST_WRAP = 50;
const WIDEST_WRAP = 130;
/** Lines a paragraph needs before its longest line says anything about a wrap width. */
const LEAST_LINES = 2;
/** Lines of a paragraph that are measured for its width. */
const SAMPLED_LINES = 1000;
/** A line that starts like this is a list item, a quotation or a table row, never a continuation. */
const OWN_LINE = /^\s*([-*+•–—>|#]|\d{1,3}[.)]|[a-z][.)])\s|\t|(?<!\s)\s{4,}\S/;

/**
 * Joins the lines of a hard-wrapped paragraph with spaces. A line is continued by the next when the next line's
 * first word would not have fitted into the paragraph's longest line: that is where wrapping comes from.
 */
export function unwrapLines(block: string): string {
  const lines = block.trimEnd().split("\n");
  const width = Math.max(...lines.slice(0, SAMPLED_LINES).map((line) => line.trimEnd().length));
  if (lines.length < LEAST_LINES || width < NARROWEST_WRAP || width > WIDEST_WRAP) return block;
  let last = (lines[0] ?? "").trimEnd();
  const parts = [last];
  for (const line of lines.slice(1)) {
    const firstWord = /^\s*\S*/.exec(line)?.[0].trim() ?? "";
    const wrapped =
      last.length + 1 + firstWord.length > width && !OWN_LINE.test(line.trimEnd()) && !line.includes("\t");
    // A word cut by a hyphen keeps its line end here: canonical text decides about the hyphen.
    const cut = wrapped && hyphenSeam(last, line.trimStart(), () => false) !== null;
    last = line.trimEnd();
    parts.push(wrapped && !cut ? " " : "\n", last.trimStart());
  }
  return parts.join("");
}
