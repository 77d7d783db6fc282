import type { Locale, TenantContext } from "../../context.ts";
import { postgresCode } from "../../db/client.ts";
import { AppError } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { quotaError } from "../usage/reserve.ts";
import { beginVersion } from "./begin-version.ts";
import { type Document, toDocument } from "./document.ts";
import { getDocument } from "./get.ts";
import { replacementKey } from "./storage-key.ts";
import { storeOriginal } from "./store-original.ts";
import { requireRoom } from "./take-in.ts";

/**
 * Replaces a document's content by another file, as its next version; until that is complete the published one is read.
 * `unchanged`: these are the bytes that are being read or written already, and nothing is done. Of two at once the later
 * one wins. Throws `not_found`, `too_large`, `quota_exceeded`; the file isn't kept then.
 */
export async function replaceContent(
  ctx: TenantContext,
  input: { id: string; file: { filename: string; content: ReadableStream<Uint8Array> | Blob } },
  locale: Locale,
): Promise<Document & { unchanged: boolean }> {
  requirePermission(ctx, "library.write");
  const { id, file } = input;
  const { collection_id } = await getDocument(ctx, id, locale);
  const { maxFileBytes } = await requireRoom(ctx, collection_id);
  const key = replacementKey(ctx.tenantId, id);
  const stored = await storeOriginal(ctx, key, { ...file, maxBytes: maxFileBytes });
  try {
    const { row, begun } = await beginVersion(ctx, id, stored);
    if (!begun) await ctx.files.delete(stored.key);
    return { ...toDocument(row, locale), unchanged: !begun };
  } catch (error) {
    // Without Postgres' own word the version may be there after all; then the file must stay.
    if (error instanceof AppError || postgresCode(error)) await ctx.files.delete(stored.key);
    throw quotaError(error);
  }
}
