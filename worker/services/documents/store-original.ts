import type { TenantContext } from "../../context.ts";
import { openSha256 } from "../sha256.ts";
import { cleanFilename } from "./filename.ts";
import { openPartWriter } from "./part-writer.ts";
import { tooLarge } from "./take-in.ts";

/** An original in R2 and what is known of it. `sha256` is in hexadecimal. */
export type StoredFile = {
  key: string;
  filename: string;
  media_type: string;
  size_bytes: number;
  sha256: string;
};

/** Bytes that tell a file's type. */
const SNIFFED_BYTES = 4_096;

/**
 * Writes a file to R2 under `key` while it arrives, hashed on the way; a bounded part of it is held. Throws `too_large`
 * as soon as more than `maxBytes` came, and whatever `content` fails with; nothing is kept then.
 */
export async function storeOriginal(
  ctx: TenantContext,
  key: string,
  file: { filename: string; content: ReadableStream<Uint8Array> | Blob; maxBytes: number },
): Promise<StoredFile> {
  const filename = cleanFilename(file.filename);
  const content = file.content instanceof Blob ? file.content.stream() : file.content;
  const writer = openPartWriter(ctx.files, key);
  const hash = openSha256();
  let size_bytes = 0;
  let head = new Uint8Array();
  try {
    for await (const chunk of content as ReadableStream<Uint8Array>) {
      size_bytes += chunk.length;
      if (size_bytes > file.maxBytes) throw tooLarge(file.maxBytes);
      if (head.length < SNIFFED_BYTES) head = Uint8Array.of(...head, ...chunk.subarray(0, SNIFFED_BYTES));
      await Promise.all([hash.write(chunk), writer.write(chunk)]);
    }
    await writer.finish();
  } catch (error) {
    await Promise.allSettled([hash.abort(), writer.abort()]);
    throw error;
  }
  const media_type = ctx.sniffMediaType(head.subarray(0, SNIFFED_BYTES), filename);
  return { key, filename, media_type, size_bytes, sha256: await hash.hex() };
}
