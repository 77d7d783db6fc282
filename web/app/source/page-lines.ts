import type { DocumentPage } from "../api/shapes.ts";

export type Span = { start: number; end: number };

/** A line of a page: `level` 1–6 for a heading, 0 for text; its pieces are marked or not. */
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
  const levels = new Map(headings.map(({ offset, level }) => [offset, level]));
  let start = 0;
  return text.split("\n").map((line) => {
    const pieces = cutLine(line, start, span);
    const whole = { start, level: levels.get(start) ?? 0, pieces };
    start += line.length + 1;
    return whole;
  });
}

/** Where a passage stands on a page, if it begins there and its excerpt is whole. */
export function locate(text: string, excerpt: string): Span | null {
  const start = excerpt === "" ? -1 : text.indexOf(excerpt);
  return start === -1 ? null : { start, end: start + excerpt.length };
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
