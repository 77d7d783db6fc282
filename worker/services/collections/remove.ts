import { and, eq, ne, notExists, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistantCollections } from "../../db/schema/assistants.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { enqueue } from "../documents/enqueue.ts";
import { hideDocuments, recordPurges } from "../documents/purge-request.ts";
import { forgetAnswers } from "../idempotency/forget-answers.ts";
import { alive } from "./collection.ts";

/**
 * Deletes a collection with its documents. All of it is out of sight when this returns; the queue then removes
 * what is stored, and the collection's own row with its last document. Throws `not_found`.
 */
export async function removeCollection(ctx: TenantContext, id: string): Promise<void> {
  requirePermission(ctx, "collections.delete");
  const inCollection = and(eq(documents.collection_id, id), ne(documents.status, "deleting"));
  const there = sql`exists (select 1 from collections where id = ${id} and deleted_at is null for update)`;
  const [, hidden, , purged] = await ctx.db.transaction((q) => [
    recordAudit(q, ctx, { action: "collection.deleted", targetId: id }, there),
    q
      .update(collections)
      .set({ deleted_at: sql`now()` })
      .where(and(eq(collections.id, id), alive))
      .returning({ id: collections.id }),
    q.delete(assistantCollections).where(eq(assistantCollections.collection_id, id)),
    recordPurges(q, inCollection),
    hideDocuments(q, inCollection),
    q
      .delete(collections)
      .where(
        and(
          eq(collections.id, id),
          notExists(q.select({ one: sql`1` }).from(documents).where(eq(documents.collection_id, id))),
        ),
      ),
    forgetAnswers(q),
  ]);
  if (!hidden[0]) throw notFound("collection");
  await enqueue(
    ctx,
    purged.map((job) => job.document_id),
  );
}
