import type { DocumentPage } from "../../api/shapes.ts";

export type Span = { start: number; end: number };

type Heading = DocumentPage["headings"][number];

/** A line of a page: `level` 1–6 within a heading, 0 for text; its pieces are marked or not. */
export type PageLine = {
  start: number;
  level: number;
  pieces: { start: number; text: string; marked: boolean }[];
};

/** Cuts a page into lines, and each line where the span begins and ends. Offsets count UTF-16 units. */
export function cutPage(
  { text, headings }: Pick<DocumentPage, "text" | "headings">,
  span: Span | null,
): PageLine[] {
  const ends = headings.map((heading) => ({ ...heading, end: headingEnd(text, heading) }));
  let start = 0;
  return text.split("\n").map((line) => {
    const pieces = cutLine(line, start, span);
    const heading = ends.findLast(({ offset, end }) => offset <= start && start < end);
    const whole = { start, level: heading?.level ?? 0, pieces };
    start += line.length + 1;
    return whole;
  });
}

/** Where a passage stands on a page, if it begins there and its excerpt is whole. */
export function locate(text: string, excerpt: string): Span | null {
  const start = excerpt === "" ? -1 : text.indexOf(excerpt);
  return start === -1 ? null : { start, end: start + excerpt.length };
}

/** A title is on one line, whereas the text may break it: its words are counted off, with Markdown's mark if any. */
function headingEnd(text: string, { offset, title }: Heading): number {
  const words = title.trim().split(" ");
  const isMarked = !text.startsWith(words[0] ?? "", offset);
  const whole = new RegExp(`\\s*\\S+(?:\\s+\\S+){${words.length - (isMarked ? 0 : 1)}}`, "y");
  whole.lastIndex = offset;
  return whole.test(text) ? whole.lastIndex : offset + 1;
}

function cutLine(line: string, lineStart: number, span: Span | null): PageLine["pieces"] {
  const within = (offset: number) => Math.min(line.length, Math.max(0, offset - lineStart));
  const [from, to] = span ? [within(span.start), within(span.end)] : [0, 0];
  return [
    { start: lineStart, text: line.slice(0, from), marked: false },
    { start: lineStart + from, text: line.slice(from, to), marked: true },
    { start: lineStart + to, text: line.slice(to), marked: false },
  ].filter(({ text }) => text !== "");
}
