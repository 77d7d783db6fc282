import type { DocumentPage } from "../api/shapes.ts";

/** Characters of a heading that makes a question: a letter or two say too little, a sentence too much. */
const SHORTEST = 4;
const LONGEST = 70;

/** Headings that stand over no matter of their own. */
const EMPTY = /^(?:table of contents|contents|index|annex(?:es)?|sommaire|table des matières|annexes?)$/i;

type Headed = Pick<DocumentPage, "headings">;

/**
 * At most so many headings to ask about, spread over the pages read, each once. A document's own title is passed over
 * where there are others.
 */
export function pickHeadings(pages: Headed[], wanted: number): string[] {
  const all = pages.flatMap(({ headings }) => headings);
  const top = Math.min(...all.map(({ level }) => level));
  const isTitle = all.filter(({ level }) => level === top).length === 1 && all.length > 1;
  const titles = all.filter(({ level }) => !(isTitle && level === top)).map(({ title }) => plain(title));
  const distinct = [...new Map(titles.map((title) => [title.toLowerCase(), title])).values()].filter(
    (title) => title.length >= SHORTEST && title.length <= LONGEST && !EMPTY.test(title),
  );
  if (distinct.length <= wanted) return distinct;
  const step = distinct.length / wanted;
  return Array.from({ length: wanted }, (_, index) => distinct[Math.floor(index * step)] ?? "");
}

/** Without its number and closing colon; one written all in capitals is written like a sentence. */
function plain(title: string): string {
  const bare = title
    .replace(/^\s*(?:(?:\d+|[IVXLC]+)[.)]|\d+(?:\.\d+)+\.?)\s+/u, "")
    .replace(/\s*[:.]\s*$/, "")
    .replace(/\s+/g, " ")
    .trim();
  const isShouted = bare === bare.toUpperCase() && bare !== bare.toLowerCase();
  return isShouted && bare.includes(" ") ? bare.slice(0, 1) + bare.slice(1).toLowerCase() : bare;
}
