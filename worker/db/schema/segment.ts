import type { PageKind } from "../../ports/document-parser.ts";

/** The part of one page that belongs to a chunk: `page.text.slice(start, end)`, UTF-16 offsets. */
export type ChunkSegment = {
  page: number;
  kind: PageKind;
  label: string | null;
  start: number;
  end: number;
};

/** What stands between two segments in `chunk.text`. */
export const SEGMENT_SEPARATOR = "\n";

/** Cuts a chunk's text out of its pages again; `textOf` gives a page's canonical text by number. */
export function cutSegments(segments: ChunkSegment[], textOf: (page: number) => string): string {
  return segments.map(({ page, start, end }) => textOf(page).slice(start, end)).join(SEGMENT_SEPARATOR);
}
