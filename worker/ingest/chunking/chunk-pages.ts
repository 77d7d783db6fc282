import { type ChunkSegment, cutSegments } from "../../db/schema/segment.ts";
import type { ParsedPage } from "../../ports/document-parser.ts";
import { sentences, type TextRange } from "../../services/anchors/sentences.ts";
import { type BodyRange, findBodies } from "./running-lines.ts";

/** A chunk before it has an id. `ordinal` counts from 0; `headings` goes from the outermost in. */
export type Chunk = { ordinal: number; segments: ChunkSegment[]; headings: string[]; text: string };

/** In characters. */
export type ChunkSizes = {
  /** What a chunk aims at: a few sentences, small enough that a quote's neighbours say the same thing. */
  target: number;
  /** What no chunk passes, a sentence without an end included. */
  max: number;
  /** A heading starts a new chunk only when the open one holds this much: titles don't stand alone. */
  beforeHeading: number;
};

/** Chosen by `npm run eval:chunking` (decision 017). */
export const CHUNK_SIZES: ChunkSizes = { target: 900, max: 1_400, beforeHeading: 250 };

/** "4.2 Notice period ........ 17": a line of a table of contents names what it doesn't say. */
const CONTENTS_LINE = /(?:\.{5,}|(?:\. ){4,}|…{2,}|_{5,})\s*\d{1,4}\s*$/;
const [FULL_STOP, NINE, FIRST_BEYOND_ASCII] = [46, 57, 128];

type Heading = { level: number; title: string };
type Block = TextRange & { page: ParsedPage; heading: Heading | null };
type OpenChunk = { blocks: Block[]; length: number; headings: Heading[] };

/**
 * Cuts a document into chunks: whole lines (paragraphs, list items, table rows) are gathered up to
 * `sizes.target`; longer ones are cut at sentence ends, and a sentence longer than `sizes.max` where it
 * must be. Pure and deterministic: the same pages give the same chunks.
 */
export function chunkPages(pages: ParsedPage[], sizes: ChunkSizes = CHUNK_SIZES): Chunk[] {
  const bodies = findBodies(pages);
  const texts = new Map(pages.map((page) => [page.number, page.text]));
  const chunks: Chunk[] = [];
  const path: Heading[] = [];
  let open: OpenChunk = { blocks: [], length: 0, headings: [] };

  const flush = () => {
    const ended = endedBy(open, chunks.at(-1), sizes);
    if (ended) chunks.pop();
    const segments = toSegments(open.blocks, ended?.segments);
    const text = cutSegments(segments, (number) => texts.get(number) ?? "");
    if (text.trim()) {
      chunks.push({
        ordinal: chunks.length,
        segments,
        headings: ended?.headings ?? open.headings.map((h) => h.title),
        text,
      });
    }
    open = { blocks: [], length: 0, headings: [...path] };
  };

  const add = (block: Block) => {
    const { heading } = block;
    if (heading) {
      while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop();
      path.push(heading);
      if (open.length >= sizes.beforeHeading) flush();
    }
    const length = block.end - block.start;
    if (endsPage(open.blocks.at(-1), block)) flush();
    if (open.length > 0 && open.length + length > sizes.target) flush();
    open.headings = open.length === 0 ? [...path] : commonPath(open.headings, path);
    open.blocks.push(block);
    open.length += length + 1;
  };
  for (const [index, page] of pages.entries()) {
    forEachBlock(page, bodies[index] ?? { start: 0, end: page.text.length }, sizes, add);
  }
  flush();
  return chunks;
}

/** A physical page or slide ends its chunk: a passage then has one page, which is what a citation names. */
function endsPage(last: Block | undefined, next: Block): boolean {
  return last !== undefined && last.page !== next.page && next.page.kind !== "section";
}

/** Calls back rather than yields: handing every line through two generators took a tenth of the time. */
function forEachBlock(
  page: ParsedPage,
  body: BodyRange,
  sizes: ChunkSizes,
  add: (block: Block) => void,
): void {
  const { text } = page;
  const headings = new Map(page.headings.map((heading) => [heading.offset, heading]));
  for (let start = body.start; start < body.end; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? body.end : Math.min(newline, body.end);
    if (end > start && !isContentsLine(text, start, end)) {
      const heading = headings.get(start) ?? null;
      if (end - start <= sizes.target) add({ start, end, page, heading });
      else for (const piece of pieces(text, { start, end }, sizes)) add({ ...piece, page, heading });
    }
    start = end + 1;
  }
}

function isContentsLine(text: string, start: number, end: number): boolean {
  // The expression goes through the whole line, and most end in a letter or a full stop.
  const last = text.charCodeAt(end - 1);
  if (last === FULL_STOP || (last > NINE && last < FIRST_BEYOND_ASCII)) return false;
  return CONTENTS_LINE.test(text.slice(start, end));
}

/** The sentences of a line that doesn't fit, and a sentence that doesn't fit either in equal cuts. */
function* pieces(text: string, line: TextRange, sizes: ChunkSizes): Generator<TextRange> {
  for (const sentence of sentences(text.slice(line.start, line.end))) {
    const end = line.start + sentence.end;
    let start = line.start + sentence.start;
    while (end - start > sizes.max) {
      const cut = wordEnd(text, start, start + sizes.max);
      yield { start, end: cut };
      start = cut;
    }
    yield { start, end };
  }
}

/** The last white space before `limit`, or `limit` itself, never inside a surrogate pair. */
function wordEnd(text: string, start: number, limit: number): number {
  const space = text.lastIndexOf(" ", limit);
  if (space > (start + limit) / 2) return space;
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}

/** The last chunk, when what is open is but a scrap of text that ends it: scraps match by accident. */
function endedBy(open: OpenChunk, last: Chunk | undefined, sizes: ChunkSizes): Chunk | undefined {
  const first = open.blocks[0];
  if (!last || !first || first.heading || open.length >= sizes.beforeHeading) return;
  if (last.segments.at(-1)?.page !== first.page.number && first.page.kind !== "section") return;
  if (last.text.length + open.length > sizes.max) return;
  return last;
}

function toSegments(blocks: Block[], before: ChunkSegment[] = []): ChunkSegment[] {
  const segments: ChunkSegment[] = before.map((segment) => ({ ...segment }));
  for (const { page, start, end } of blocks) {
    const last = segments.at(-1);
    // Lines left out between two blocks part them.
    if (last?.page === page.number && !page.text.slice(last.end, start).trim()) last.end = end;
    else segments.push({ page: page.number, kind: page.kind, label: page.label, start, end });
  }
  return segments;
}

function commonPath(a: Heading[], b: Heading[]): Heading[] {
  if (a.length === 0) return a;
  const differs = a.findIndex((heading, index) => heading !== b[index]);
  return differs === -1 ? a : a.slice(0, differs);
}
