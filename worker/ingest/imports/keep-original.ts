import type { TenantContext } from "../../context.ts";
import { storageKey } from "../../services/documents/storage-key.ts";
import { type StoredFile, storeOriginal } from "../../services/documents/store-original.ts";
import { ImportFailure } from "../../services/imports/failure.ts";

/**
 * Stores what a stream carries as the original of a document that will have this id. Throws `ImportFailure` "too_large"
 * past `maxBytes`, and whatever the stream fails with.
 */
export async function keepOriginal(
  ctx: TenantContext,
  input: { documentId: string; filename: string; body: ReadableStream<Uint8Array>; maxBytes: number },
): Promise<StoredFile> {
  const { documentId, filename, body, maxBytes } = input;
  const pieces: Uint8Array[] = [];
  let total = 0;
  for await (const piece of body) {
    total += piece.byteLength;
    if (total > maxBytes) throw new ImportFailure("too_large", `more than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  const file = new File(pieces, filename);
  return storeOriginal(ctx, storageKey(ctx.tenantId, documentId, 1), file);
}
