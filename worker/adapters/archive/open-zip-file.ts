import { Inflate } from "fflate";
import { type ArchivedFile, ArchiveFailure, type ByteSource, type OpenedFile } from "../../ports/archive.ts";
import { peek } from "../peek.ts";
import { readBytes } from "./byte-reader.ts";
import { crc32 } from "./crc32.ts";

type Located = Omit<ArchivedFile, "path">;

/** Bytes that tell a file's type. */
const HEAD_BYTES = 4_096;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
/** Bytes fed to the inflater at a time; one push can at most multiply them by 1032 (DEFLATE's limit). */
const PUSH_BYTES = 4_096;

/** One file of a ZIP, read by range and inflated piece by piece. See `ArchiveReader.open`. */
export async function openZipFile(source: ByteSource, file: Located): Promise<OpenedFile> {
  if (file.encrypted) throw new ArchiveFailure("encrypted", "the file is encrypted");
  if (file.method !== STORED && file.method !== DEFLATED) throw corrupt(`packed by method ${file.method}`);
  const packed = await source.read(await dataOffset(source, file), file.packed_bytes);
  const pieces = file.method === STORED ? packed : inflated(packed);
  const { head, whole } = await peek(pieces.pipeThrough(checked(file)), HEAD_BYTES);
  return { head, body: whole };
}

/** The header before the data says how long it is itself; the directory doesn't. */
async function dataOffset(source: ByteSource, file: Located): Promise<number> {
  const header = await readBytes(source, file.offset, LOCAL_HEADER_BYTES);
  const view = new DataView(header.buffer, header.byteOffset);
  if (view.getUint32(0, true) !== LOCAL_HEADER) throw corrupt("has no header");
  return file.offset + LOCAL_HEADER_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

/**
 * Inflates as it is asked, a bounded part at a time; the runtime's own inflater unpacks whatever a piece holds at once.
 */
function inflated(packed: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = packed.getReader();
  let parts: Uint8Array[] = [];
  let piece: Uint8Array = new Uint8Array();
  const inflater = new Inflate((part) => parts.push(part));
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      inflater.push(bytes, last);
    } catch (cause) {
      throw corrupt("doesn't inflate", cause);
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let sent = false;
        while (!sent) {
          const next = piece.byteLength > 0 ? { done: false, value: piece } : await reader.read();
          piece = next.value?.subarray(PUSH_BYTES) ?? new Uint8Array();
          push(next.value?.subarray(0, PUSH_BYTES) ?? new Uint8Array(), next.done);
          for (const part of parts) {
            if (part.byteLength === 0) continue;
            controller.enqueue(part);
            sent = true;
          }
          parts = [];
          if (next.done) return controller.close();
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

function checked(file: Located): TransformStream<Uint8Array, Uint8Array> {
  let total = 0;
  let sum = 0;
  return new TransformStream({
    transform(piece, out) {
      total += piece.byteLength;
      if (total > file.size_bytes) throw corrupt("holds more than it claims");
      sum = crc32(sum, piece);
      out.enqueue(piece);
    },
    flush() {
      if (total < file.size_bytes) throw corrupt("holds less than it claims");
      if (sum !== file.crc32) throw corrupt("fails its checksum");
    },
  });
}

function corrupt(why: string, cause?: unknown): ArchiveFailure {
  return new ArchiveFailure("corrupt", `the file ${why}`, { cause });
}
