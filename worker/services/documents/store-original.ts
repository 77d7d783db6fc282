import type { TenantContext } from "../../context.ts";
import { sha256OfStream } from "../sha256.ts";
import { cleanFilename } from "./filename.ts";

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

/** Writes a file to R2 under `key` and streams it through SHA-256, at once. */
export async function storeOriginal(ctx: TenantContext, key: string, file: File): Promise<StoredFile> {
  const filename = cleanFilename(file.name);
  const [, sha256, head] = await Promise.all([
    ctx.files.put(key, file),
    sha256OfStream(file.stream()),
    file.slice(0, SNIFFED_BYTES).arrayBuffer(),
  ]);
  const media_type = ctx.sniffMediaType(new Uint8Array(head), filename);
  return { key, filename, media_type, size_bytes: file.size, sha256 };
}
