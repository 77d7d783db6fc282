import { eq } from "drizzle-orm";
import type { TenantContext } from "../../../context.ts";
import { importUploads } from "../../../db/schema/imports.ts";
import { requirePermission } from "../../access/permissions.ts";
import { readUpload } from "./upload.ts";

/** Gives an upload up and what came of it. Throws `not_found`. */
export async function abortUpload(ctx: TenantContext, id: string): Promise<void> {
  requirePermission(ctx, "library.write");
  const { row } = await readUpload(ctx, id);
  const multipart = ctx.files.resumeMultipartUpload(row.storage_key, row.multipart_id);
  // Parts that R2 has given up itself are no fault; nor is a file that was put together just before.
  await multipart.abort().catch(() => {});
  await ctx.files.delete(row.storage_key);
  await ctx.db.transaction((q) => [q.delete(importUploads).where(eq(importUploads.id, id))]);
}
