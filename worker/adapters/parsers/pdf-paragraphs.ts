import { hyphenSeam, lazyWords } from "./hyphenation.ts";
import { isIdeographicSeam, type Line } from "./pdf-lines.ts";

/** A paragraph, or one row or list item that `follows` its predecessor without an empty line. */
export type Paragraph = { text: string; size: number; follows: boolean };

/** Line distance over the usual one from which a new paragraph starts. */
const PARAGRAPH_LEADING = 1.3;
/** Line distance over font size that is usual when a column has too few lines to tell. */
const DEFAULT_LEADING = 1.45;
/** Relative change of font size that ends a paragraph. */
const SIZE_CHANGE = 0.12;
/** Shares of the font size: the first-line indent that starts a paragraph, from and to. */
const LEAST_INDENT = 0.7;
const MOST_INDENT = 5;
const BULLET = /^([•●▪■◦‣∙·○–—*-]|\p{Co}|\d{1,3}[.)]|[a-zA-Z][.)]|\(\w{1,3}\))\s/u;
/** A number that opens a line whose continuation hangs below its text. */
const NUMBERED = /^\d{1,3}(\.\d{1,3})*\s/;
const DOT_LEADER = /(\.\s?){5,}|…{2,}|_{5,}/;
const SENTENCE_END = /[.!?:;…»”")\]]$/;

/** Groups the lines of one column into paragraphs, joining words cut at line ends. */
export function toParagraphs(lines: readonly Line[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const leading = usualLeading(lines);
  const spelled = lazyWords(lines.map((line) => line.text));
  const right = rightEdges(lines);
  let open: Paragraph | undefined;
  lines.forEach((line, index) => {
    const text = line.text.replace(/[^\S\t]+/g, " ").trim();
    if (text === "") return;
    const previous = lines[index - 1];
    if (!open || !previous) {
      open = { text, size: line.size, follows: false };
      paragraphs.push(open);
    } else if (startsParagraph(previous, line, lines[index + 1], leading, right(index - 1))) {
      const near = line.y - previous.y <= Math.max(leading, line.size * DEFAULT_LEADING) * PARAGRAPH_LEADING;
      const listed = BULLET.test(text) && Math.abs(line.size - open.size) < line.size * SIZE_CHANGE;
      const inTable = (line.row && previous.row) || (isLeader(line) && isLeader(previous));
      open = { text, size: line.size, follows: near && line.y > previous.y && (listed || inTable) };
      paragraphs.push(open);
    } else open.text = joinText(open.text, text, spelled);
  });
  return paragraphs;
}

function startsParagraph(
  previous: Line,
  line: Line,
  next: Line | undefined,
  leading: number,
  right: number,
): boolean {
  const distance = line.y - previous.y;
  if (line.row || previous.row || isLeader(previous)) return true;
  if (distance <= 0 || distance > leading * PARAGRAPH_LEADING) return true;
  if (Math.abs(line.size - previous.size) > Math.max(line.size, previous.size) * SIZE_CHANGE) return true;
  if (BULLET.test(line.text.trimStart())) return true;
  if (endsEarly(previous, line, right)) return true;
  const indent = line.x0 - previous.x0;
  const indented = indent > LEAST_INDENT * line.size && indent < MOST_INDENT * line.size;
  return (
    indented && next !== undefined && next.x0 < line.x0 - LEAST_INDENT * line.size * 0.5 && !isItem(previous)
  );
}

function isItem(line: Line): boolean {
  return BULLET.test(line.text) || NUMBERED.test(line.text);
}

/** The previous line had room for this line's first word, so the break was meant. */
function endsEarly(previous: Line, line: Line, right: number): boolean {
  // Lines that end together are set to that width, e.g. beside a picture.
  if (Math.abs(previous.x1 - line.x1) < line.size * 0.5) return false;
  const firstWord = /^\S*/.exec(line.text.trimStart())?.[0] ?? "";
  const perChar = (line.x1 - line.x0) / Math.max(1, line.text.length);
  const room = right - previous.x1 - perChar * (firstWord.length + 1);
  if (room > line.size * 8) return true;
  const looksNew = SENTENCE_END.test(previous.text.trimEnd()) || /^[\p{Lu}\p{N}"«“]/u.test(firstWord);
  return room > line.size * 1.5 && looksNew;
}

/** The most usual distance between two lines that follow each other, in points. */
function usualLeading(lines: readonly Line[]): number {
  const counts = new Map<number, number>();
  let usual = 0;
  let best = 1;
  for (let index = 1; index < lines.length; index++) {
    const [above, line] = [lines[index - 1], lines[index]];
    if (!above || !line) continue;
    const distance = Math.round((line.y - above.y) * 2) / 2;
    if (distance <= 0 || distance > line.size * 2.6 || Math.abs(line.size - above.size) > 1) continue;
    const count = (counts.get(distance) ?? 0) + 1;
    counts.set(distance, count);
    if (count > best || (count === best && distance < usual)) [usual, best] = [distance, count];
  }
  const size = lines[0]?.size ?? 10;
  return usual || size * DEFAULT_LEADING;
}

/** How far lines around the given one reach: its column's right edge, as far as local text tells. */
function rightEdges(lines: readonly Line[]): (index: number) => number {
  const reach = 5;
  return (index) => {
    const near = lines.slice(Math.max(0, index - reach), index + reach);
    const line = lines[index];
    const same = near.filter((other) => !line || Math.abs(other.size - line.size) <= line.size * SIZE_CHANGE);
    return Math.max(...same.map((other) => other.x1));
  };
}

function isLeader(line: Line): boolean {
  return DOT_LEADER.test(line.text);
}

function joinText(text: string, next: string, spelled: (word: string) => boolean): string {
  const seam = hyphenSeam(text, next, spelled);
  if (seam === "") return text.slice(0, -1) + next;
  if (seam === "-" || isIdeographicSeam(text, next)) return text + next;
  return text.endsWith("\u00AD") ? text.slice(0, -1) + next : `${text} ${next}`;
}
