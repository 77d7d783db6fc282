import { hyphenSeam, LONGEST_WORD, lazyWords } from "./hyphenation.ts";
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
/** Lines on either side that tell where a line's column ends. */
const REACH = 5;
/** White space that isn't one space already. */
const SPACES = /[^\S\t]{2,}|[^\S\t ]/g;
const BULLET = /^([•●▪■◦‣∙·○–—*-]|\p{Co}|\d{1,3}[.)]|[a-zA-Z][.)]|\(\w{1,3}\))\s/u;
/** A number that opens a line whose continuation hangs below its text. */
const NUMBERED = /^\d{1,3}(\.\d{1,3})*\s/;
const DOT_LEADER = /(\.\s?){5,}|…{2,}|_{5,}/;
const SENTENCE_ENDS = '.!?:;…»”")]';

/** Groups the lines of one column into paragraphs, joining words cut at line ends. */
export function toParagraphs(lines: readonly Line[]): Paragraph[] {
  const paragraphs: OpenParagraph[] = [];
  const leading = usualLeading(lines);
  const spelled = lazyWords(lines.map((line) => line.text));
  let open: OpenParagraph | undefined;
  lines.forEach((line, index) => {
    const text = line.text.replace(SPACES, " ").trim();
    if (text === "") return;
    const previous = lines[index - 1];
    if (!open || !previous) {
      open = openParagraph(text, line.size, false);
      paragraphs.push(open);
    } else if (startsParagraph(lines, index, previous, line, leading)) {
      const near = line.y - previous.y <= Math.max(leading, line.size * DEFAULT_LEADING) * PARAGRAPH_LEADING;
      const listed = BULLET.test(text) && Math.abs(line.size - open.size) < line.size * SIZE_CHANGE;
      const inTable = (line.row && previous.row) || (isLeader(line) && isLeader(previous));
      open = openParagraph(text, line.size, near && line.y > previous.y && (listed || inTable));
      paragraphs.push(open);
    } else joinLine(open, text, spelled);
  });
  return paragraphs.map(({ parts, size, follows }) => ({ text: parts.join(""), size, follows }));
}

/** A paragraph in parts with its last word at hand, since it may grow by every line there is. */
type OpenParagraph = { parts: string[]; tail: string; size: number; follows: boolean };

function openParagraph(text: string, size: number, follows: boolean): OpenParagraph {
  return { parts: [text], tail: text.slice(-LONGEST_WORD), size, follows };
}

function startsParagraph(
  lines: readonly Line[],
  index: number,
  previous: Line,
  line: Line,
  leading: number,
): boolean {
  const next = lines[index + 1];
  const distance = line.y - previous.y;
  if (line.row || previous.row || isLeader(previous)) return true;
  if (distance <= 0 || distance > leading * PARAGRAPH_LEADING) return true;
  if (Math.abs(line.size - previous.size) > Math.max(line.size, previous.size) * SIZE_CHANGE) return true;
  if (BULLET.test(line.text.trimStart())) return true;
  if (endsEarly(lines, index, previous, line)) return true;
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
function endsEarly(lines: readonly Line[], index: number, previous: Line, line: Line): boolean {
  // Lines that end together are set to that width, e.g. beside a picture.
  if (Math.abs(previous.x1 - line.x1) < line.size * 0.5) return false;
  const firstWord = /^\S*/.exec(line.text.trimStart())?.[0] ?? "";
  const perChar = (line.x1 - line.x0) / Math.max(1, line.text.length);
  const room = rightEdge(lines, index - 1) - previous.x1 - perChar * (firstWord.length + 1);
  if (room > line.size * 8) return true;
  if (!(room > line.size * 1.5)) return false;
  return endsSentence(previous.text.trimEnd()) || /^[\p{Lu}\p{N}"«“]/u.test(firstWord);
}

function endsSentence(text: string): boolean {
  return text !== "" && SENTENCE_ENDS.includes(text.slice(-1));
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
function rightEdge(lines: readonly Line[], index: number): number {
  const size = lines[index]?.size ?? 0;
  let right = Number.NEGATIVE_INFINITY;
  for (let at = Math.max(0, index - REACH); at < Math.min(lines.length, index + REACH); at++) {
    const other = lines[at];
    if (other && Math.abs(other.size - size) <= size * SIZE_CHANGE) right = Math.max(right, other.x1);
  }
  return right;
}

function isLeader(line: Line): boolean {
  return DOT_LEADER.test(line.text);
}

function joinLine(open: OpenParagraph, next: string, spelled: (word: string) => boolean): void {
  const seam = hyphenSeam(open.tail, next, spelled) ?? plainSeam(open.tail, next);
  if (seam === "") {
    open.parts.push((open.parts.pop() ?? "").slice(0, -1));
    open.tail = open.tail.slice(0, -1);
  } else if (seam === " ") open.parts.push(seam);
  open.parts.push(next);
  open.tail = (open.tail + (seam === " " ? seam : "") + next).slice(-LONGEST_WORD);
}

/** What stands between two lines that are not one cut word: as in `hyphenSeam`, "" drops the last line's last unit. */
function plainSeam(line: string, next: string): "-" | "" | " " {
  if (isIdeographicSeam(line, next)) return "-";
  return line.endsWith("\u00AD") ? "" : " ";
}
