import { Inflate } from "fflate";
import { ParseFailure } from "../../ports/document-parser.ts";

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
/** Streams packed more than once that are unpacked; PDF.js would go on. */
const MAX_LAYERS = 3;
const STREAM = Uint8Array.from("stream", (letter) => letter.charCodeAt(0));
const OBJECT = Uint8Array.from(" obj", (letter) => letter.charCodeAt(0));
const ENDSTREAM = Uint8Array.from("endstream", (letter) => letter.charCodeAt(0));
/** Maps bytes to characters one to one, as far as ASCII goes. */
const LATIN = new TextDecoder("latin1");

/**
 * Refuses a PDF with a deflated stream that inflates beyond reason, before PDF.js inflates it whole. Only streams
 * long enough for that are looked into, and neither images nor attached files, which are never read. What an
 * encrypted file holds can't be told. Throws `ParseFailure` "too_large".
 */
export function refuseInflatingPdf(bytes: Uint8Array): void {
  let budget = MAX_INFLATED_BYTES;
  for (let at = find(bytes, STREAM, 0); at !== -1; at = find(bytes, STREAM, at)) {
    const start = dataStart(bytes, at + STREAM.length);
    if (start === -1) {
      at += STREAM.length;
      continue;
    }
    const end = find(bytes, ENDSTREAM, start);
    const stop = end === -1 ? bytes.length : end;
    const dictionary = dictionaryBefore(bytes, at);
    if (isZlib(bytes, start) && isSuspect(dictionary, stop - start)) {
      budget -= inflatedLength(bytes.subarray(start), stop - start);
      if (budget < 0) throw tooLarge();
    }
    at = end === -1 ? bytes.length : end + ENDSTREAM.length;
  }
}

/** A dictionary may say how long its stream is, name a second deflation, or spell its names in hexadecimal. */
function isSuspect(dictionary: string, length: number): boolean {
  if (/\/Image\b|\/EmbeddedFile\b/.test(dictionary)) return false;
  const declared = Number(/\/Length\s+(\d{1,10})(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? 0);
  if (Math.max(declared, length) > SUSPECT_BYTES) return true;
  return dictionary.includes("#") || (dictionary.match(/\/(Fl|FlateDecode)\b/g)?.length ?? 0) > 1;
}

/** Bytes that come out of a zlib stream, which may go on behind `length` as long as it gives something. */
function inflatedLength(packed: Uint8Array, length: number): number {
  const counter = layer(1);
  try {
    for (let at = 0; at < packed.length; at += PUSH_BYTES) {
      const before = counter.total();
      counter.push(packed.subarray(at === 0 ? 2 : at, at + PUSH_BYTES));
      if (at + PUSH_BYTES >= length && counter.total() === before) break;
    }
  } catch (error) {
    // PDF.js reads a broken stream as far as it goes, and so far it was counted.
    if (error instanceof ParseFailure) throw error;
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

/** Where a stream's data starts behind its keyword and line end, or -1 when this is no such keyword. */
function dataStart(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 32) at += 1;
  if (bytes[at] === 10) return at + 1;
  if (bytes[at] === 13) return bytes[at + 1] === 10 ? at + 2 : at + 1;
  return -1;
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
