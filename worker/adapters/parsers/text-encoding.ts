import { analyse } from "chardet";
import { ParseFailure } from "../../ports/document-parser.ts";

/** Bytes looked at for a `<meta charset>`: the HTML standard prescans 1024, real pages need more. */
const META_PRESCAN_BYTES = 4096;
/** Bytes given to the statistical guess; more doesn't change its answer, only its cost. */
const GUESS_BYTES = 65_536;
/** Bytes below which letter statistics mean nothing. */
const GUESS_LEAST_BYTES = 64;
/** Chardet's confidence (percent) under which Western European is the better bet. */
const GUESS_LEAST_CONFIDENCE = 40;
/** Bytes of a text file or of a part of an Office file: decoded, cut and canonical it takes some six times as much memory. */
export const MAX_TEXT_BYTES = 12_000_000;
/** Encodings whose bytes can't be told from Windows-1252 by statistics on short texts: never guessed. */
const WESTERN = /^(iso-8859-[129]|iso-8859-15|windows-125[024]|ascii|utf-\d+.*)$/i;

/**
 * Decodes the bytes of a text file: byte order mark, then `<meta charset>` when `html`, then UTF-16 without mark,
 * UTF-8 if valid, a statistical guess for non-Latin encodings, and Windows-1252 for the rest.
 * Throws `ParseFailure` "too_large".
 */
export function decodeText(bytes: Uint8Array, html = false): string {
  if (bytes.length > MAX_TEXT_BYTES) throw new ParseFailure("too_large", `${bytes.length} bytes of text`);
  const marked = byteOrderMark(bytes);
  if (marked) return decode(bytes, marked) ?? "";
  const declared = html ? metaCharset(bytes) : null;
  // A page declared UTF-16 but readable as ASCII enough to find the declaration can't be UTF-16.
  if (declared && !/^utf-?16/i.test(declared)) {
    const text = decode(bytes, declared);
    if (text !== null) return text;
  }
  return decode(bytes, utf16Guess(bytes)) ?? decode(bytes, "utf-8") ?? decodeLegacy(bytes);
}

/** "utf-8", "utf-16le" or "utf-16be" when the bytes start with that byte order mark, else null. */
export function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/** UTF-16 without a mark: nearly every byte at the odd (little-endian) or even (big-endian) places is NUL. */
export function utf16Guess(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 512);
  if (sample.length < 4) return null;
  const zeros: [number, number] = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at & 1 ? 1 : 0] += 1;
  });
  const half = sample.length / 2;
  if (zeros[1] > half * 0.7 && zeros[0] < half * 0.1) return "utf-16le";
  return zeros[0] > half * 0.7 && zeros[1] < half * 0.1 ? "utf-16be" : null;
}

function decodeLegacy(bytes: Uint8Array): string {
  const guess = bytes.length < GUESS_LEAST_BYTES ? undefined : analyse(bytes.subarray(0, GUESS_BYTES))[0];
  const foreign = guess && guess.confidence >= GUESS_LEAST_CONFIDENCE && !WESTERN.test(guess.name);
  return (foreign ? decode(bytes, guess.name) : null) ?? decode(bytes, "windows-1252") ?? "";
}

function metaCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, META_PRESCAN_BYTES));
  return (
    /<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ?? null
  );
}

/** Null when the label is unknown to this runtime or the bytes aren't valid in it. */
function decode(bytes: Uint8Array, label: string | null): string | null {
  if (label === null) return null;
  try {
    return new TextDecoder(label, { fatal: !/^utf-16/.test(label), ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}
