import type { Locale, TenantContext } from "../../context.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Document, toDocument } from "./document.ts";
import { storageKey } from "./storage-key.ts";
import { storeOriginal } from "./store-original.ts";
import { requireRoom, takeIn } from "./take-in.ts";

/**
 * Takes a file in while it is uploaded. `duplicate`: the collection already holds these bytes, and that document is given. Throws
 * `not_found` (the collection), `too_large`, `quota_exceeded` and what `content` fails with; nothing is kept then.
 */
export async function uploadDocument(
  ctx: TenantContext,
  input: { collectionId: string; file: { filename: string; content: ReadableStream<Uint8Array> | Blob } },
  locale: Locale,
): Promise<Document & { duplicate: boolean }> {
  requirePermission(ctx, "library.write");
  const { collectionId, file } = input;
  const { maxFileBytes } = await requireRoom(ctx, collectionId);
  const id = crypto.randomUUID();
  const key = storageKey(ctx.tenantId, id, 1);
  const stored = await storeOriginal(ctx, key, { ...file, maxBytes: maxFileBytes });
  const { row, duplicate } = await takeIn(ctx, { id, collectionId, file: stored });
  return { ...toDocument(row, locale), duplicate };
}
