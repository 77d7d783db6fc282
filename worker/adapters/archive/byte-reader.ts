import { ArchiveFailure, type ByteSource } from "../../ports/archive.ts";

/** A range of a source at once. Throws `ArchiveFailure` "archive_corrupt" when it isn't all there. */
export async function readBytes(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  if (offset < 0 || length < 0 || offset + length > source.size) {
    throw new ArchiveFailure("archive_corrupt", "something lies outside the archive");
  }
  const bytes = new Uint8Array(await new Response(await source.read(offset, length)).arrayBuffer());
  if (bytes.byteLength !== length) throw new ArchiveFailure("archive_corrupt", "the archive is cut off");
  return bytes;
}
