import { type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { imports, importUploads } from "../../db/schema/imports.ts";

/** Archives of these imports that R2 still holds, whole ones and uploads that were never ended. */
export async function countArchives(ctx: TenantContext, own: SQL): Promise<number> {
  const held = await Promise.all((await archiveKeys(ctx, own)).map((key) => isHeld(ctx, key)));
  return held.filter(Boolean).length;
}

/** Removes the archives of these imports; their rows, which say where they lie, stay. */
export async function removeArchives(ctx: TenantContext, own: SQL): Promise<void> {
  const keys = await archiveKeys(ctx, own);
  if (keys.length > 0) await ctx.files.delete(keys);
}

/** Ends uploads that arrived in part: parts are no objects, and no listing shows them. */
export async function abortUploads(ctx: TenantContext, own: SQL): Promise<void> {
  const uploads = await ctx.db.rows<{ storage_key: string; multipart_id: string }>(
    sql`select storage_key, multipart_id from ${importUploads} where ${own}`,
  );
  for (const { storage_key, multipart_id } of uploads) {
    // One that was aborted or completed before is refused; what it became is looked for by its key.
    await ctx.files
      .resumeMultipartUpload(storage_key, multipart_id)
      .abort()
      .catch(() => {});
  }
}

async function archiveKeys(ctx: TenantContext, own: SQL): Promise<string[]> {
  const rows = await ctx.db.rows<{ storage_key: string }>(sql`
    select storage_key from ${imports} where storage_key is not null and ${own}
    union select storage_key from ${importUploads} where ${own}`);
  return rows.map(({ storage_key }) => storage_key);
}

async function isHeld(ctx: TenantContext, key: string): Promise<boolean> {
  const { objects } = await ctx.files.list({ prefix: key, limit: 1 });
  return objects[0]?.key === key;
}
