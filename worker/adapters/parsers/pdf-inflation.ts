import { Inflate } from "fflate";
import { type FileSource, ParseFailure } from "../../ports/document-parser.ts";

/** Bytes that one stream may inflate to: PDF.js keeps a page's content and its fonts whole, in doubling buffers. */
const MAX_STREAM_BYTES = 48_000_000;
/** Bytes that all streams looked into may inflate to. */
const MAX_INFLATED_BYTES = 512_000_000;
/** DEFLATE multiplies by 1032 at most, so what is shorter than this can't pass the limit. */
const SUSPECT_BYTES = Math.floor(MAX_STREAM_BYTES / 1032);
/** Bytes fed to the inflater at a time. */
const PUSH_BYTES = 4096;
/** Bytes before a stream in which its dictionary is looked for. */
const DICTIONARY_BYTES = 1024;
/** Bytes read at a time of a stream that goes on behind what is looked through. */
const WINDOW_BYTES = 65_536;
/** Streams packed more than once that are unpacked; PDF.js would go on. */
const MAX_LAYERS = 3;
const STREAM = Uint8Array.from("stream", (letter) => letter.charCodeAt(0));
const OBJECT = Uint8Array.from(" obj", (letter) => letter.charCodeAt(0));
const ENDSTREAM = Uint8Array.from("endstream", (letter) => letter.charCodeAt(0));
/** Maps bytes to characters one to one, as far as ASCII goes. */
const LATIN = new TextDecoder("latin1");
/** What PDF.js never inflates for text. */
const UNREAD = /\/Subtype\s*\/Image\b|\/Type\s*\/EmbeddedFile\b/;

/** Bytes before a range that must come with it, so that no stream's start is cut in two. */
export const LEAD_BYTES = DICTIONARY_BYTES + STREAM.length + 2;

/** Looks through `bytes`, whose first one lies at `offset` of the file, for streams whose data starts at `from` or after. */
export type InflationGuard = (bytes: Uint8Array, offset: number, from: number) => Promise<void>;

/**
 * Makes a guard that is shown a PDF's bytes, range by range, before PDF.js is, and refuses a deflated stream that
 * inflates beyond reason. Only streams long enough for that are inflated, and neither images nor attached files. What an
 * encrypted file holds can't be told. The guard throws `ParseFailure` "too_large".
 */
export function createInflationGuard(source: FileSource): InflationGuard {
  let budget = MAX_INFLATED_BYTES;
  const known = new Set<number>();
  return async (bytes, offset, from) => {
    const lineEnds = lineEndsOf(bytes);
    for (let at = find(bytes, STREAM, 0); at !== -1; at = find(bytes, STREAM, at + STREAM.length)) {
      const start = lineEnds(at + STREAM.length);
      // The two bytes that tell a zlib stream may themselves be cut apart.
      if (offset + start + 1 < from || !isZlib(bytes, start) || known.has(offset + start)) continue;
      const dictionary = dictionaryBefore(bytes, at);
      if (UNREAD.test(dictionary)) continue;
      const packed = await openStream(source, bytes.subarray(start), offset + start);
      if (!isSuspect(dictionary, packed.length)) continue;
      known.add(offset + start);
      budget -= await inflatedLength(packed);
      if (budget < 0) throw tooLarge();
    }
  };
}

/** A stream's packed bytes: where it ends, as far as that is known, and the bytes, which may go on behind that. */
type PackedStream = { length: number; windows(): AsyncGenerator<Uint8Array> };

async function openStream(source: FileSource, seen: Uint8Array, offset: number): Promise<PackedStream> {
  const windows = [seen];
  let next = offset + seen.length;
  const more = async () => {
    const window = await source.read(next, Math.min(source.size, next + WINDOW_BYTES));
    next += window.length;
    return window;
  };
  let length = find(seen, ENDSTREAM, 0);
  if (length === -1 && seen.length <= SUSPECT_BYTES && next < source.size) {
    const window = await more();
    windows.push(window);
    // The keyword may lie across the seam.
    const seam = Math.max(0, seen.length - ENDSTREAM.length);
    const found = find(join(seen.subarray(seam), window), ENDSTREAM, 0);
    length = found === -1 ? -1 : seam + found;
  }
  return {
    length: length === -1 ? Number.POSITIVE_INFINITY : length,
    async *windows() {
      yield* windows;
      while (next < source.size) yield await more();
    },
  };
}

/** A dictionary may say how long its stream is, name a second deflation, or spell its names in hexadecimal. */
function isSuspect(dictionary: string, length: number): boolean {
  const declared = Number(/\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? 0);
  if (Math.max(declared, length) > SUSPECT_BYTES) return true;
  return dictionary.includes("#") || (dictionary.match(/\/(Fl|FlateDecode)\b/g)?.length ?? 0) > 1;
}

/** Bytes that come out of a zlib stream, which may go on behind its length as long as it gives something. */
async function inflatedLength({ length, windows }: PackedStream): Promise<number> {
  const counter = layer(1);
  let fed = 0;
  let idle = 0;
  for await (const window of windows()) {
    for (let at = 0; at < window.length; at += PUSH_BYTES) {
      const before = counter.total();
      const piece = window.subarray(fed === 0 ? 2 : at, at + PUSH_BYTES);
      try {
        counter.push(piece);
      } catch (error) {
        if (error instanceof ParseFailure) throw error;
        // PDF.js reads a broken stream as far as it goes, and so far it was counted.
        return counter.total();
      }
      fed += piece.length;
      idle = counter.total() > before ? 0 : idle + piece.length;
      if (idle > 0 && (fed >= length || idle >= WINDOW_BYTES)) return counter.total();
    }
  }
  return counter.total();
}

type Layer = { push(chunk: Uint8Array): void; total(): number };

function layer(depth: number): Layer {
  let total = 0;
  let inner: Layer | undefined;
  const inflater = new Inflate((chunk) => {
    const first = total === 0;
    total += chunk.length;
    if (total > MAX_STREAM_BYTES) throw tooLarge();
    if (first && depth < MAX_LAYERS && isZlib(chunk, 0)) inner = layer(depth + 1);
    try {
      inner?.push(first ? chunk.subarray(2) : chunk);
    } catch (error) {
      if (error instanceof ParseFailure) throw error;
      inner = undefined;
    }
  });
  return {
    push: (chunk) => inflater.push(chunk),
    total: () => total + (inner?.total() ?? 0),
  };
}

function tooLarge(): ParseFailure {
  return new ParseFailure("too_large", "a PDF stream inflates without end");
}

/** Where a stream's data starts: behind the first line end after its keyword (as PDF.js has it). Asked in rising order. */
function lineEndsOf(bytes: Uint8Array): (from: number) => number {
  let feed = -1;
  let carriage = -1;
  const next = (code: number, known: number, from: number) => {
    if (known >= from) return known;
    const found = bytes.indexOf(code, from);
    return found === -1 ? bytes.length : found;
  };
  return (from) => {
    feed = next(10, feed, from);
    carriage = next(13, carriage, from);
    const end = Math.min(feed, carriage);
    return bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1;
  };
}

function dictionaryBefore(bytes: Uint8Array, at: number): string {
  const least = Math.max(0, at - DICTIONARY_BYTES);
  let start = at - OBJECT.length;
  while (start >= least && !isAt(bytes, OBJECT, start)) start -= 1;
  return LATIN.decode(bytes.subarray(Math.max(least, start), at));
}

/** RFC 1950: method 8, and a header that is a multiple of 31. */
function isZlib(bytes: Uint8Array, at: number): boolean {
  const [method = 0, flags = 0] = [bytes[at], bytes[at + 1]];
  return (method & 15) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
}

function join(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

function find(bytes: Uint8Array, word: Uint8Array, from: number): number {
  const first = word[0] ?? 0;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (isAt(bytes, word, at)) return at;
  }
  return -1;
}

function isAt(bytes: Uint8Array, word: Uint8Array, at: number): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
}
