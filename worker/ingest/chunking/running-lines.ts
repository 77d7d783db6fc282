import type { ParsedPage } from "../../ports/document-parser.ts";

/** The part of a page's text that is its body, UTF-16 offsets: without running headers and footers. */
export type BodyRange = { start: number; end: number };

/** Lines looked at from each edge of a page. */
const EDGE_LINES = 3;
/** A line is running when at least this share of the pages, and never fewer than three, repeat it. */
const REPEATED_SHARE = 0.4;
const REPEATED_PAGES = 3;
/** Longer lines are prose, even when two pages happen to begin alike. */
const MAX_RUNNING_LENGTH = 160;

/** `key` is the line without what differs from page to page; null when it is too long to be running. */
type Line = { start: number; end: number; key: string | null };

/**
 * Finds each page's body. A header or footer is a line near the same edge that comes back from page to page,
 * its digits aside. Only physical pages have them. Pages in, one range each out, in order.
 */
export function findBodies(pages: ParsedPage[]): BodyRange[] {
  const edges = pages.map((page) => (page.kind === "page" ? edgeLines(page.text) : { top: [], bottom: [] }));
  const top = repeatedKeys(edges.map((edge) => edge.top));
  const bottom = repeatedKeys(edges.map((edge) => edge.bottom));
  return pages.map((page, index) => {
    const edge = edges[index];
    const start = lastRunning(edge?.top, top)?.end ?? 0;
    const end = lastRunning(edge?.bottom, bottom)?.start ?? page.text.length;
    // A page that holds nothing but running lines says what it has to say in them.
    return page.text.slice(start, end).trim() ? { start, end } : { start: 0, end: page.text.length };
  });
}

/** The innermost of the running lines that follow each other from the edge. */
function lastRunning(lines: Line[] = [], running: Set<string>): Line | undefined {
  const first = lines.findIndex(({ key }) => key === null || !running.has(key));
  return first === -1 ? lines.at(-1) : lines[first - 1];
}

function edgeLines(text: string): { top: Line[]; bottom: Line[] } {
  const top: Line[] = [];
  for (let start = 0; start < text.length && top.length < EDGE_LINES; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    pushLine(top, text, start, end);
    start = end + 1;
  }
  const bottom: Line[] = [];
  for (let end = text.length; end > 0 && bottom.length < EDGE_LINES; ) {
    const start = text.lastIndexOf("\n", end - 1) + 1;
    pushLine(bottom, text, start, end);
    end = start - 1;
  }
  return { top, bottom };
}

/** Blank lines are no lines. */
function pushLine(lines: Line[], text: string, start: number, end: number): void {
  const line = text.slice(start, end).trim();
  if (line) lines.push({ start, end, key: keyOf(line) });
}

function keyOf(line: string): string | null {
  // Prose shows by its beginning, unless long numbers make the beginning shorter.
  if (line.length > MAX_RUNNING_LENGTH && !/\d\d/.test(line.slice(0, MAX_RUNNING_LENGTH + 1))) return null;
  const key = /\d/.test(line) ? line.replace(/\d+/g, "#") : line;
  return key.length > MAX_RUNNING_LENGTH ? null : key.toLowerCase();
}

function repeatedKeys(edges: Line[][]): Set<string> {
  const needed = Math.max(REPEATED_PAGES, edges.length * REPEATED_SHARE);
  const repeated = new Set<string>();
  if (edges.length < needed) return repeated;
  const counts = new Map<string, number>();
  for (const lines of edges) {
    for (let index = 0; index < lines.length; index++) {
      const key = lines[index]?.key ?? null;
      if (key === null || isKeyBefore(lines, index, key)) continue;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count >= needed) repeated.add(key);
    }
  }
  return repeated;
}

function isKeyBefore(lines: Line[], index: number, key: string): boolean {
  for (let before = 0; before < index; before++) if (lines[before]?.key === key) return true;
  return false;
}
