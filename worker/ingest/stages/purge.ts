import { and, eq, isNotNull, notExists, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";
import { documentPrefix } from "../../services/documents/storage-key.ts";
import { bytesReservation, releaseUsage } from "../../services/usage/reserve.ts";
import { spendPages } from "../../services/usage/spend-pages.ts";
import { deleteVectors } from "./delete-vectors.ts";
import type { IngestDocument } from "./load.ts";

/**
 * Removes a document everywhere: vectors, then files, then rows, so that what says where the rest lies goes
 * last. Its collection follows when it was deleted too and this was its last document.
 */
export async function purgeDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  await deleteVectors(ctx, document.id);
  await deleteFiles(ctx, documentPrefix(ctx.tenantId, document.id));
  const collection = eq(collections.id, document.collection_id);
  await ctx.db.transaction((q) => [
    // The collection is locked first, so that of two purges ending together the second sees that it is the last.
    q.select({ id: collections.id }).from(collections).where(collection).for("update"),
    // Pages that were read are spent, whether or not they were published.
    spendPages(q, document),
    q.execute(sql`select ${releaseUsage("storage_bytes", bytesReservation({ storage_key: sql`storage_key` }))}
      from (select distinct storage_key from document_versions where document_id = ${document.id}) files`),
    q
      .delete(documents)
      .where(eq(documents.id, document.id))
      .returning({ documents: releaseUsage("documents", document.id) }),
    q
      .delete(collections)
      .where(
        and(
          collection,
          isNotNull(collections.deleted_at),
          notExists(
            q
              .select({ one: sql`1` })
              .from(documents)
              .where(eq(documents.collection_id, document.collection_id)),
          ),
        ),
      ),
  ]);
}

async function deleteFiles(ctx: TenantContext, prefix: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await ctx.files.list({ prefix });
    if (objects.length > 0) await ctx.files.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}
