import { type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { importEntries, imports, importUploads } from "../../db/schema/imports.ts";
import { documentPrefix } from "../../services/documents/storage-key.ts";
import { importPrefix } from "../../services/imports/storage-key.ts";
import { countObjects, removeObjects } from "./objects.ts";

/** Objects that R2 holds for these imports: what they were given, and originals that no document was made of. */
export async function countArchives(ctx: TenantContext, own: SQL): Promise<number> {
  let count = 0;
  for (const prefix of await prefixes(ctx, own)) count += await countObjects(ctx, prefix);
  return count;
}

/** Removes those objects; the rows, which say where they lie, stay. */
export async function removeArchives(ctx: TenantContext, own: SQL): Promise<void> {
  for (const prefix of await prefixes(ctx, own)) await removeObjects(ctx, prefix);
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

async function prefixes(ctx: TenantContext, own: SQL): Promise<string[]> {
  const given = await ctx.db.rows<{ id: string }>(sql`
    select id from ${imports} where ${own} union select id from ${importUploads} where ${own}`);
  const unmade = await ctx.db.rows<{ id: string }>(sql`
    select entry.document_id as id from ${importEntries} entry
    where entry.attempts > 0 and entry.document_id is not null
      and entry.import_id in (select id from ${imports} where ${own})
      and not exists (select 1 from documents where documents.id = entry.document_id)`);
  return [
    ...given.map(({ id }) => importPrefix(ctx.tenantId, id)),
    ...unmade.map(({ id }) => documentPrefix(ctx.tenantId, id)),
  ];
}
