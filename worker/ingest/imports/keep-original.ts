import type { TenantContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
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
  const { documentId, filename, body: content, maxBytes } = input;
  try {
    return await storeOriginal(ctx, storageKey(ctx.tenantId, documentId, 1), { filename, content, maxBytes });
  } catch (error) {
    const isTooLarge = error instanceof AppError && error.code === "too_large";
    throw isTooLarge ? new ImportFailure("too_large", error.message) : error;
  }
}
