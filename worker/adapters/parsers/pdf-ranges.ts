import type { getResolvedPDFJS } from "unpdf";
import type { FileSource } from "../../ports/document-parser.ts";
import { createInflationGuard, LEAD_BYTES } from "./pdf-inflation.ts";

export type PdfJs = Awaited<ReturnType<typeof getResolvedPDFJS>>;

/** Bytes that PDF.js asks for at least; what lies in one of its chunks was read as soon as any byte of it was. */
export const CHUNK_BYTES = 65_536;
/** Bytes read at once. A request over R2 takes tens of milliseconds whatever it brings. */
const SPAN_BYTES = 1_048_576;
/** Bytes read for nothing rather than asking twice. */
const GAP_BYTES = 131_072;
/** Bytes given in one piece, which then exists twice. What is longer (a repair, a huge image) comes from the file's start on. */
const PIECE_BYTES = 8_388_608;

/**
 * Neighbours asked for one by one, each before the last: PDF.js looks for the table of objects from the file's end on,
 * and starts over with every chunk.
 */
const MAX_BACKWARDS = 8;

type Range = { begin: number; end: number };

export type PdfRanges = {
  /** What `getDocument` takes as `range`. */
  transport: InstanceType<PdfJs["PDFDataRangeTransport"]>;
  /** `reading`, unless the file can't be read meanwhile: PDF.js itself would wait for the bytes for ever. */
  unlessBroken<T>(reading: Promise<T>): Promise<T>;
  /** Whether the source or the guard threw, and not PDF.js. */
  isBroken(): boolean;
};

/**
 * Feeds PDF.js from a source. It asks for its chunks by the hundred, or one after the other: neighbours are read
 * together, and what is asked for in order is read ahead, one span at a time. All that it gets went past the guard.
 */
export function openRanges({ PDFDataRangeTransport }: PdfJs, source: FileSource): PdfRanges {
  const guard = createInflationGuard(source);
  const waiting: Range[] = [];
  let broken: (error: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    broken = reject;
  });
  let isBroken = false;
  failure.catch(() => {
    isBroken = true;
  });
  let serving = false;
  let stopped = false;
  /** The last span, how far it went beyond what was asked for, and how many have led backwards. */
  let last = { begin: -1, end: -1, ahead: 0, backwards: 0 };
  /** Up to here the file was given from its start on. */
  let progress = 0;

  const read = async (begin: number, end: number) => {
    const lead = Math.min(begin, LEAD_BYTES);
    const bytes = await source.read(begin - lead, end);
    await guard(bytes, begin - lead, begin);
    return bytes.subarray(lead);
  };

  class Ranges extends PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      waiting.push({ begin, end });
      if (serving) return;
      serving = true;
      this.#serve().catch(broken);
    }

    override abort(): void {
      stopped = true;
    }

    async #serve(): Promise<void> {
      while (waiting.length > 0 && !stopped) {
        // All that is asked for at the same moment is known by then, and PDF.js is ready for it: it loses what comes
        // while it still sets a request up.
        await new Promise((resolve) => setTimeout(resolve));
        waiting.sort((a, b) => a.begin - b.begin);
        const first = waiting[0] as Range;
        if (first.end - first.begin > PIECE_BYTES) await this.#giveFromStart(waiting.shift() as Range);
        else await this.#giveSpan(takeNeighbours(waiting));
      }
      serving = false;
    }

    async #giveSpan(ranges: Range[]): Promise<void> {
      const { begin } = ranges[0] as Range;
      const asked = (ranges.at(-1) as Range).end;
      const backwards = ranges.length === 1 && asked === last.begin ? last.backwards + 1 : 0;
      if (backwards >= MAX_BACKWARDS) return this.#giveFromStart({ begin, end: asked });
      const inOrder = begin >= last.end && begin <= last.end + GAP_BYTES;
      const ahead = inOrder ? Math.min(SPAN_BYTES, Math.max(CHUNK_BYTES, last.ahead * 2)) : 0;
      const end = Math.min(source.size, Math.max(asked, begin + ahead));
      last = { begin, end, ahead, backwards };
      const bytes = await read(begin, end);
      if (stopped) return;
      for (const [index, range] of ranges.entries()) {
        const until = ranges[index + 1]?.begin ?? end;
        this.onDataRange(range.begin, bytes.slice(range.begin - begin, until - begin));
      }
    }

    async #giveFromStart(range: Range): Promise<void> {
      while (progress < range.end && !stopped) {
        const end = Math.min(source.size, progress + SPAN_BYTES);
        this.onDataProgressiveRead(Uint8Array.from(await read(progress, end)));
        progress = end;
      }
      // Closes the request, whose bytes are there by now.
      if (!stopped) this.onDataRange(range.begin, new Uint8Array());
    }
  }

  return {
    transport: new Ranges(source.size, null),
    unlessBroken: (reading) => Promise.race([reading, failure]),
    isBroken: () => isBroken,
  };
}

/** Takes the first range out of a sorted list, and those after it that one span reaches. */
function takeNeighbours(waiting: Range[]): Range[] {
  const first = waiting.shift() as Range;
  const taken = [first];
  for (let end = first.end; waiting[0]; ) {
    const next = waiting[0];
    if (next.begin > end + GAP_BYTES || next.end > first.begin + SPAN_BYTES) break;
    taken.push(next);
    waiting.shift();
    end = Math.max(end, next.end);
  }
  return taken;
}
