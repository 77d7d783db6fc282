import type { PageHeading, ParsedPage } from "../../ports/document-parser.ts";
import { CHUNK_SIZES, type Chunk, type ChunkSizes, chunkPages } from "./chunk-pages.ts";
import type { BodyRange } from "./running-lines.ts";

/** Number of the page that is put before a slice; real ones count from 1. */
const CARRIED = 0;
/** The part of a page that is still to be chunked: its offsets are `shift` less than the page's. */
type OpenPage = { page: ParsedPage; text: string; shift: number };
/** Headings that hold where a slice begins, the outermost first. */
type HeadingPath = Array<{ level: number; title: string }>;

/**
 * Cuts a document into the chunks that `chunkPages` makes of all its pages, while it holds one slice of them at a time.
 * `bodies` are those of the whole document, by place. Every slice is chunked from where the last chunk of the one before
 * it began: that one may still grow, those before it can't.
 */
export async function* chunkSlices(
  slices: AsyncIterable<ParsedPage[]>,
  bodies: BodyRange[],
  sizes: ChunkSizes = CHUNK_SIZES,
): AsyncGenerator<Chunk[]> {
  let open: OpenPage[] = [];
  let path: HeadingPath = [];
  let place = 0;
  let ordinal = 0;
  for await (const slice of slices) {
    for (const page of slice) {
      const { start, end } = bodies[place] ?? { start: 0, end: page.text.length };
      open.push({ page, text: page.text.slice(start, end), shift: start });
      place += 1;
    }
    const chunks = chunkOpen(open, path, sizes);
    const seam = lastSeam(chunks, open);
    if (seam === null) continue;
    const done = open
      .slice(0, seam.page + 1)
      .map((each, index) => (index === seam.page ? cut(each, 0, seam.at) : each));
    path = pathAfter(path, done, sizes);
    open = open.slice(seam.page).map((each, index) => (index === 0 ? cut(each, seam.at) : each));
    yield chunks.slice(0, seam.chunk).map((chunk) => ({ ...chunk, ordinal: chunk.ordinal + ordinal }));
    ordinal += seam.chunk;
  }
  yield chunkOpen(open, path, sizes).map((chunk) => ({ ...chunk, ordinal: chunk.ordinal + ordinal }));
}

/** The chunks of the open pages, with offsets into the whole pages. */
function chunkOpen(open: OpenPage[], path: HeadingPath, sizes: ChunkSizes): Chunk[] {
  const pages = open.map(toChunkable);
  const all = chunkPages(path.length === 0 ? pages : [carriedPage(path, sizes), ...pages], sizes);
  const byNumber = new Map(open.map((each) => [each.page.number, each]));
  return all
    .filter((chunk) => chunk.segments[0]?.page !== CARRIED)
    .map((chunk, index) => ({
      ...chunk,
      ordinal: index,
      headings: chunk.headings.map((title) => decodeHeading(title).title),
      segments: chunk.segments.map((segment) => {
        const { page, shift } = byNumber.get(segment.page) as OpenPage;
        return { ...segment, kind: page.kind, start: segment.start + shift, end: segment.end + shift };
      }),
    }));
}

/**
 * The beginning of the last chunk that begins a line. A chunk that begins inside one can't be made again from there:
 * where a long line is cut depends on its beginning.
 */
function lastSeam(chunks: Chunk[], open: OpenPage[]): { chunk: number; page: number; at: number } | null {
  for (let chunk = chunks.length - 1; chunk > 0; chunk--) {
    const first = chunks[chunk]?.segments[0];
    const page = open.findIndex((each) => each.page.number === first?.page);
    const each = open[page];
    if (!first || !each) continue;
    const at = first.start - each.shift;
    if (at === 0 || each.text[at - 1] === "\n") return { chunk, page, at };
  }
  return null;
}

function cut({ page, text, shift }: OpenPage, from: number, to = text.length): OpenPage {
  return { page, text: text.slice(from, to), shift: shift + from };
}

/**
 * A page as `chunkPages` takes it, whose running lines are gone already: slides, which differ from pages in nothing else,
 * aren't searched for any. Titles carry their level, so that the path of a chunk can be carried on.
 */
function toChunkable({ page, text, shift }: OpenPage): ParsedPage {
  const headings = page.headings
    .filter(({ offset }) => offset >= shift && offset < shift + text.length)
    .map((heading) => ({ ...heading, offset: heading.offset - shift, title: encodeHeading(heading) }));
  return { ...page, kind: page.kind === "page" ? "slide" : page.kind, text, headings };
}

/** Stands for all that came before: its headings, and text that no chunk can be joined to. */
function carriedPage(path: HeadingPath, sizes: ChunkSizes): ParsedPage {
  return headingPage(
    path.map((heading) => ({ ...heading, line: "x" })),
    "x".repeat(sizes.max),
  );
}

/** The headings that hold behind these pages. */
function pathAfter(path: HeadingPath, pages: OpenPage[], sizes: ChunkSizes): HeadingPath {
  const met = pages.flatMap(headingLines);
  const before = path.map((heading) => ({ ...heading, line: "x" }));
  const end: ParsedPage = { number: CARRIED + 1, kind: "slide", label: null, text: "x", headings: [] };
  const last = chunkPages([headingPage([...before, ...met], ""), end], sizes).at(-1);
  return last?.segments[0]?.page === end.number ? last.headings.map(decodeHeading) : [];
}

/** The headings that begin a line, with that line, in order. */
function headingLines({ page, text, shift }: OpenPage): Array<HeadingPath[number] & { line: string }> {
  const found = new Map(page.headings.map((heading) => [heading.offset - shift, heading]));
  return [...found]
    .filter(([at]) => at === 0 || text[at - 1] === "\n")
    .sort(([a], [b]) => a - b)
    .map(([at, { level, title }]) => ({ level, title, line: lineAt(text, at) }))
    .filter(({ line }) => line !== "");
}

function headingPage(headings: Array<HeadingPath[number] & { line: string }>, text: string): ParsedPage {
  const placed: PageHeading[] = [];
  let lines = "";
  for (const { level, title, line } of headings) {
    placed.push({ offset: lines.length, level, title: encodeHeading({ level, title }) });
    lines += `${line}\n`;
  }
  return { number: CARRIED, kind: "slide", label: null, text: lines + text, headings: placed };
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? text.length : end);
}

function encodeHeading({ level, title }: HeadingPath[number]): string {
  return `${level} ${title}`;
}

function decodeHeading(encoded: string): HeadingPath[number] {
  const space = encoded.indexOf(" ");
  return { level: Number(encoded.slice(0, space)), title: encoded.slice(space + 1) };
}
