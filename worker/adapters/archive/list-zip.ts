import { type Reader, ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { type ArchivedFile, ArchiveFailure, type ByteSource } from "../../ports/archive.ts";
import { MAX_DIRECTORY_BYTES, MAX_FILES, refuseHostile } from "./archive-limits.ts";
import { readBytes } from "./byte-reader.ts";

/** Reads the directory of a ZIP, ZIP64 included, by ranges from its end. See `ArchiveReader.list`. */
export async function listZip(source: ByteSource): Promise<ArchivedFile[]> {
  const ranges = new RangeReader(source);
  const files: ArchivedFile[] = [];
  try {
    // Names are made harmless by whoever uses them; the library would refuse the whole archive for one.
    const reader = new ZipReader(ranges as unknown as Reader<never>, {
      useWebWorkers: false,
      filenameValidation: "tolerant",
    });
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      if (files.length >= MAX_FILES)
        throw new ArchiveFailure("archive_hostile", `more than ${MAX_FILES} files`);
      files.push({
        path: entry.filename,
        offset: entry.offset,
        packed_bytes: entry.compressedSize,
        size_bytes: entry.uncompressedSize,
        crc32: entry.crc32 ?? 0,
        method: entry.compressionMethod,
        encrypted: entry.encrypted,
        regular: !entry.symlink,
      });
    }
  } catch (error) {
    if (ranges.fault !== null) throw ranges.fault;
    if (error instanceof ArchiveFailure) throw error;
    throw new ArchiveFailure("archive_corrupt", String(error), { cause: error });
  }
  refuseHostile(files, source.size);
  return files;
}

/** The part of the library's `Reader` that a directory is read through. */
type RandomAccess = Pick<Reader<unknown>, "size" | "readUint8Array">;

/** What the library asks for is what a directory told it to: a claim like any other. */
class RangeReader implements RandomAccess {
  readonly #source: ByteSource;
  readonly size: number;
  /** What went wrong on the way to the bytes, which is no fault of the archive's. */
  fault: unknown = null;
  constructor(source: ByteSource) {
    this.#source = source;
    this.size = source.size;
  }
  async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > MAX_DIRECTORY_BYTES)
      throw new ArchiveFailure("archive_hostile", `a directory of ${length} bytes`);
    try {
      return await readBytes(this.#source, offset, Math.min(length, this.size - offset));
    } catch (error) {
      this.fault = error;
      throw error;
    }
  }
}
