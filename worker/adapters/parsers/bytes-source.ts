import type { FileSource } from "../../ports/document-parser.ts";

/** A file that is in memory already. What is read of it is a copy: parsers may keep or transfer it. */
export function bytesSource(bytes: Uint8Array): FileSource {
  return { size: bytes.length, read: async (start, end) => Uint8Array.from(bytes.subarray(start, end)) };
}
