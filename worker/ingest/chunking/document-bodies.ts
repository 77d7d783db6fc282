import type { ParsedPage } from "../../ports/document-parser.ts";
import { type BodyRange, findBodies } from "./running-lines.ts";

/** Lines kept from each edge of a page: no fewer than running lines are looked for in. */
const EDGE_LINES = 4;
/** UTF-16 units kept of a line, runs of digits counted as one: what is longer is prose to `findBodies`. */
const MAX_LINE = 200;

type Line = { text: string; start: number; end: number };
type Edges = { page: ParsedPage; lines: Line[]; length: number };

/**
 * Finds the bodies of a whole document's pages while only their first and last lines are held. Pages are added in
 * order; what `bodies` gives is what `findBodies` finds over all of them.
 */
export function collectBodies(): { add(page: ParsedPage): void; bodies(): BodyRange[] } {
  const pages: Edges[] = [];
  return {
    add(page) {
      const lines = page.kind === "page" ? edgesOf(page.text) : [];
      const text = lines.map((line) => line.text).join("\n");
      pages.push({ page: { ...page, text, headings: [] }, lines, length: page.text.length });
    },
    bodies() {
      const found = findBodies(pages.map(({ page }) => page));
      return pages.map(({ lines, length }, index) => placeBody(found[index], lines, length));
    },
  };
}

function edgesOf(page: string): Line[] {
  const lines: Line[] = [];
  for (const { 0: line, index } of page.matchAll(/[^\n]+/g)) {
    if (line.trim() === "") continue;
    const text = line.trim().replace(/\d+/g, "0").slice(0, MAX_LINE);
    lines.push({ text, start: index, end: index + line.length });
    // One line of the middle is enough to say that there is a body.
    if (lines.length > 2 * EDGE_LINES + 1) lines.splice(EDGE_LINES, 1);
  }
  return lines;
}

/** A body begins behind a line and ends before one. */
function placeBody(found: BodyRange | undefined, lines: Line[], length: number): BodyRange {
  const body = { start: 0, end: length };
  let at = 0;
  for (const line of lines) {
    if (found && at + line.text.length === found.start) body.start = line.end;
    if (found && at === found.end) body.end = line.start;
    at += line.text.length + 1;
  }
  return body;
}
