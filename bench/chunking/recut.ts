import { type ChunkSegment, cutSegments } from "../../worker/db/schema/segment.ts";
import { CHUNK_SIZES, type Chunk, chunkPages } from "../../worker/ingest/chunking/chunk-pages.ts";
import { findBodies } from "../../worker/ingest/chunking/running-lines.ts";
import type { ParsedPage } from "../../worker/ports/document-parser.ts";
import { sentences, type TextRange } from "../../worker/services/anchors/sentences.ts";

/**
 * Extends every chunk backwards by the last sentences of the one before it on the same page: as few as hold `least`
 * characters. Of a sentence more than twice as long only the last words are taken.
 */
export function withOverlap(chunks: Chunk[], pages: ParsedPage[], least: number): Chunk[] {
  const textOf = textsOf(pages);
  return chunks.map((chunk, index) => {
    const last = chunks[index - 1]?.segments.at(-1);
    const [first, ...rest] = chunk.segments;
    if (!last || !first || last.page !== first.page) return chunk;
    const page = textOf(last.page);
    const tail = { ...last, start: tailStart(page, last, least) };
    const segments = [...joined(tail, first, page), ...rest];
    return { ...chunk, segments, text: cutSegments(segments, textOf) };
  });
}

function tailStart(page: string, range: TextRange, least: number): number {
  const starts = sentences(page.slice(range.start, range.end)).map(({ start }) => range.start + start);
  const start = starts.findLast((from) => range.end - from >= least) ?? range.start;
  if (range.end - start <= 2 * least) return start;
  const space = page.indexOf(" ", range.end - least);
  return space === -1 || space >= range.end ? range.end - least : space + 1;
}

/**
 * The same text as `chunks`, cut every `size` characters, inside words too. A physical page or slide ends a window as
 * it ends a chunk; a window's headings are those of the chunk that it begins in.
 */
export function intoWindows(chunks: Chunk[], pages: ParsedPage[], size: number): Chunk[] {
  const textOf = textsOf(pages);
  const windows: Chunk[] = [];
  let open: ChunkSegment[] = [];
  let headings: string[] = [];
  let room = size;
  const flush = () => {
    if (open.length > 0) {
      windows.push({ ordinal: windows.length, segments: open, headings, text: cutSegments(open, textOf) });
    }
    open = [];
    room = size;
  };
  for (const chunk of chunks) {
    for (const segment of chunk.segments) {
      const page = textOf(segment.page);
      if (open.at(-1)?.page !== segment.page && segment.kind !== "section") flush();
      for (let start = segment.start; start < segment.end; ) {
        const end = Math.min(segment.end, afterPair(page, start + room));
        const piece = { ...segment, start, end };
        if (open.length === 0) headings = chunk.headings;
        const last = open.pop();
        open.push(...(last ? joined(last, piece, page) : [piece]));
        room -= end - start;
        if (room <= 0) flush();
        start = end;
      }
    }
  }
  flush();
  return windows;
}

/** A character of two UTF-16 units can't be stored in halves. */
function afterPair(text: string, offset: number): number {
  const code = text.charCodeAt(offset - 1);
  return code >= 0xd800 && code <= 0xdbff ? offset + 1 : offset;
}

/** Chunks as shipped, but for this: the end of a page or slide isn't the end of a chunk. */
export function acrossPages(pages: ParsedPage[]): Chunk[] {
  const bodies = findBodies(pages);
  const kinds = new Map(pages.map(({ number, kind }) => [number, kind]));
  // Sections flow into each other, and have no running lines: those are emptied, every offset stays.
  const flowing = pages.map((page, index): ParsedPage => {
    const { start, end } = bodies[index] ?? { start: 0, end: page.text.length };
    const text = "\n".repeat(start) + page.text.slice(start, end) + "\n".repeat(page.text.length - end);
    return { ...page, kind: "section", text };
  });
  return chunkPages(flowing, CHUNK_SIZES).map((chunk) => ({
    ...chunk,
    segments: chunk.segments.map((segment) => ({ ...segment, kind: kinds.get(segment.page) ?? "section" })),
  }));
}

/** Two spans one after the other: one where nothing but white space parts them. */
function joined(before: ChunkSegment, after: ChunkSegment, page: string): ChunkSegment[] {
  const touch = before.page === after.page && !page.slice(before.end, after.start).trim();
  return touch ? [{ ...before, end: after.end }] : [before, after];
}

function textsOf(pages: ParsedPage[]): (page: number) => string {
  const texts = new Map(pages.map(({ number, text }) => [number, text]));
  return (page) => texts.get(page) ?? "";
}
