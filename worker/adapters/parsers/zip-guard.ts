import { Inflate } from "fflate";
import { ParseFailure } from "../../ports/document-parser.ts";
import { MAX_TEXT_BYTES } from "./text-encoding.ts";
import { compressedBytes, readZipDirectory, type ZipEntry } from "./zip-directory.ts";

/** Entries in one archive; a deck of 1,000 slides with notes and media stays below. */
const MAX_ENTRIES = 10_000;
/** Bytes that all entries together may claim; media is counted although it is never inflated. */
const MAX_DECLARED_BYTES = 300_000_000;
/** Claimed size over archive size; XML seldom passes 60, bombs start at several hundred. */
const MAX_RATIO = 200;
/** Bytes an archive may claim before the ratio matters: small repetitive files compress without limit. */
const RATIO_FREE_BYTES = 10_000_000;
/** Bytes one part may really inflate to, all parts read being text; a 1,000-page Word body is about 10 MB of XML. */
const MAX_PART_BYTES = MAX_TEXT_BYTES;
/** Bytes all parts read from one archive may really inflate to. */
const MAX_INFLATED_BYTES = 32_000_000;
/** Bytes fed to the inflater at a time; one push can at most multiply them by 1032 (DEFLATE's limit). */
const PUSH_BYTES = 4096;

/** A ZIP opened with caps. `read` inflates one entry at a time and counts what really comes out. */
export type GuardedZip = {
  names(): string[];
  has(name: string): boolean;
  /** The entry's bytes, or null if there is no such entry. Throws `ParseFailure` "too_large" or "corrupt". */
  read(name: string): Uint8Array | null;
};

/**
 * Opens an archive without inflating anything. Entries whose names leave the archive are dropped, the first of two
 * entries with one name wins. Throws `ParseFailure`: "corrupt", "too_large" or "encrypted".
 */
export function openZip(bytes: Uint8Array): GuardedZip {
  const listed = readZipDirectory(bytes, MAX_ENTRIES);
  checkClaims(listed, bytes.length);
  const entries = new Map<string, ZipEntry>();
  for (const entry of listed) {
    if (isInside(entry.name) && !entries.has(entry.name)) entries.set(entry.name, entry);
  }
  let budget = MAX_INFLATED_BYTES;
  return {
    names: () => [...entries.keys()],
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      if (entry.encrypted) throw new ParseFailure("encrypted", `zip entry ${name} is encrypted`);
      const inflated = inflate(compressedBytes(bytes, entry), entry, Math.min(MAX_PART_BYTES, budget));
      budget -= inflated.length;
      return inflated;
    },
  };
}

function checkClaims(entries: ZipEntry[], archiveBytes: number): void {
  const declared = entries.reduce((sum, entry) => sum + entry.size, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.compressedSize, 0);
  const overRatio = declared > RATIO_FREE_BYTES && declared > archiveBytes * MAX_RATIO;
  // Entries that overlap (Fifield's bomb) claim more packed bytes than the archive has.
  if (declared > MAX_DECLARED_BYTES || overRatio || packed > archiveBytes) {
    throw new ParseFailure("too_large", `zip claims ${declared} bytes in ${archiveBytes}`);
  }
}

function isInside(name: string): boolean {
  return (
    !name.startsWith("/") && !name.includes("\\") && !name.includes(":") && !name.split("/").includes("..")
  );
}

function inflate(packed: Uint8Array, entry: ZipEntry, limit: number): Uint8Array {
  if (entry.size > limit) throw new ParseFailure("too_large", `${entry.name} claims ${entry.size} bytes`);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new ParseFailure("corrupt", `${entry.name}: zip method ${entry.method}`);
  const chunks: Uint8Array[] = [];
  let total = 0;
  const inflater = new Inflate((chunk) => {
    total += chunk.length;
    if (total > limit) throw new ParseFailure("too_large", `${entry.name} inflates beyond ${limit} bytes`);
    chunks.push(chunk);
  });
  try {
    for (let at = 0; at < packed.length; at += PUSH_BYTES) {
      inflater.push(packed.subarray(at, at + PUSH_BYTES), at + PUSH_BYTES >= packed.length);
    }
  } catch (error) {
    if (error instanceof ParseFailure) throw error;
    throw new ParseFailure("corrupt", `${entry.name} does not inflate`, { cause: error });
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
