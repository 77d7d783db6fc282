import type { DocumentChunk, DocumentPage } from "../api/shapes.ts";

/** A stretch of a page: a chunk's, or one between chunks. Offsets count UTF-16 units. */
export type PagePart = { start: number; end: number; chunk: DocumentChunk | null };

/** Cuts a page where its chunks begin and end; blank stretches between them are left out. */
export function cutByChunks(
  { number, text }: Pick<DocumentPage, "number" | "text">,
  chunks: DocumentChunk[],
): PagePart[] {
  const taken = chunks
    .flatMap((chunk) =>
      chunk.segments
        .filter(({ page }) => page === number)
        .map(({ start, end }): PagePart => ({ start, end, chunk })),
    )
    .sort((a, b) => a.start - b.start);
  const parts: PagePart[] = [];
  let at = 0;
  for (const part of [...taken, { start: text.length, end: text.length, chunk: null }]) {
    if (text.slice(at, part.start).trim() !== "") parts.push({ start: at, end: part.start, chunk: null });
    if (part.chunk) parts.push(part);
    at = Math.max(at, part.end);
  }
  return parts;
}
