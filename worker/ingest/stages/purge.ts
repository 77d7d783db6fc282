import { and, eq, isNotNull, notExists, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";
import { documentPrefix } from "../../services/documents/storage-key.ts";
import { releaseUsage } from "../../services/usage/reserve.ts";
import type { IngestDocument } from "./load.ts";

/**
 * Removes a document everywhere: vectors, then files, then rows, so that what says where the rest lies goes
 * last. Its collection follows when it was deleted too and this was its last document.
 */
export async function purgeDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  await deleteVectors(ctx, document.id);
  await deleteFiles(ctx, documentPrefix(ctx.tenantId, document.id));
  const present = eq(documents.id, document.id);
  await ctx.db.transaction((q) => [
    q
      .select({
        documents: releaseUsage({ period: "total", metric: "documents", amount: 1 }),
        bytes: releaseUsage({ period: "total", metric: "storage_bytes", amount: document.size_bytes }),
      })
      .from(documents)
      .where(present),
    q.delete(documents).where(present),
    q
      .delete(collections)
      .where(
        and(
          eq(collections.id, document.collection_id),
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

/** Removes a document's vectors, whatever version they belong to. */
export async function deleteVectors(ctx: TenantContext, documentId: string): Promise<void> {
  const [rows] = await ctx.db.transaction((q) => [
    q.select({ id: chunks.id }).from(chunks).where(eq(chunks.document_id, documentId)),
  ]);
  if (rows.length > 0) await ctx.vectors.delete(rows.map(({ id }) => id));
}

async function deleteFiles(ctx: TenantContext, prefix: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await ctx.files.list({ prefix });
    if (objects.length > 0) await ctx.files.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}
