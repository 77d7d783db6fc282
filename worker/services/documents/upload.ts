import type { Locale, TenantContext } from "../../context.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Document, toDocument } from "./document.ts";
import { storageKey } from "./storage-key.ts";
import { storeOriginal } from "./store-original.ts";
import { requireRoom, takeIn, tooLarge } from "./take-in.ts";

/**
 * Takes an uploaded file in. `duplicate`: the collection already holds these bytes, and that document is given. Throws
 * `not_found` (the collection), `too_large`, `quota_exceeded`; nothing is kept then.
 */
export async function uploadDocument(
  ctx: TenantContext,
  input: { collectionId: string; file: File },
  locale: Locale,
): Promise<Document & { duplicate: boolean }> {
  requirePermission(ctx, "library.write");
  const { collectionId, file } = input;
  const { maxFileBytes } = await requireRoom(ctx, collectionId);
  if (file.size > maxFileBytes) throw tooLarge(maxFileBytes);
  const id = crypto.randomUUID();
  const stored = await storeOriginal(ctx, storageKey(ctx.tenantId, id, 1), file);
  const { row, duplicate } = await takeIn(ctx, { id, collectionId, file: stored });
  return { ...toDocument(row, locale), duplicate };
}
