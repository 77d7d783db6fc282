import { sql } from "drizzle-orm";
import type { TenantContext } from "../../../context.ts";
import { importUploads } from "../../../db/schema/imports.ts";
import { requirePermission } from "../../access/permissions.ts";
import { cleanFilename } from "../../documents/filename.ts";
import { importTooLarge, requireImportRoom } from "../require-room.ts";
import { archiveKey } from "../storage-key.ts";
import { type ArchiveUpload, KEPT_HOURS, PART_BYTES, toUpload } from "./upload.ts";

/** Opens the upload of an archive in parts. Throws `not_found` (the collection), `too_large` and `conflict`. */
export async function startUpload(
  ctx: TenantContext,
  input: { collectionId: string; filename: string; sizeBytes: number },
): Promise<ArchiveUpload> {
  requirePermission(ctx, "library.write");
  const { collectionId, filename, sizeBytes } = input;
  const { maxImportBytes } = await requireImportRoom(ctx, collectionId);
  if (sizeBytes > maxImportBytes) throw importTooLarge(maxImportBytes);
  const id = crypto.randomUUID();
  const storageKey = archiveKey(ctx.tenantId, id);
  const multipart = await ctx.files.createMultipartUpload(storageKey);
  const [[row]] = await ctx.db.transaction((q) => [
    q
      .insert(importUploads)
      .values({
        id,
        tenant_id: ctx.tenantId,
        collection_id: collectionId,
        filename: cleanFilename(filename),
        size_bytes: sizeBytes,
        part_bytes: PART_BYTES,
        storage_key: storageKey,
        multipart_id: multipart.uploadId,
        expires_at: sql`now() + make_interval(hours => ${KEPT_HOURS})`,
      })
      .returning(),
  ]);
  if (!row) throw new Error("an insert returned no row");
  return toUpload(row, []);
}
