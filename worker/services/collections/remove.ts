import { and, eq, ne, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { type Deletion, toDeletion } from "../deletions/deletion.ts";
import { enqueueDeletion } from "../deletions/enqueue.ts";
import { requestDeletion } from "../deletions/request.ts";
import { enqueue } from "../documents/enqueue.ts";
import { hideDocuments, lockJobs, recordPurges, recordReceipts } from "../documents/purge-request.ts";
import { forgetAnswers } from "../idempotency/forget-answers.ts";
import { alive } from "./collection.ts";

/**
 * Deletes a collection with its documents. All of it is out of sight when this returns; the queue then removes what is
 * stored, document by document, and the collection itself after the last of them. Throws `not_found`.
 */
export async function removeCollection(ctx: TenantContext, id: string): Promise<Deletion> {
  requirePermission(ctx, "collections.delete");
  const inCollection = and(eq(documents.collection_id, id), ne(documents.status, "deleting"));
  const there = sql`exists (select 1 from collections where id = ${id} and deleted_at is null for update)`;
  const deletion = { id: crypto.randomUUID(), subject: "collection", subjectId: id, when: there } as const;
  const ofCollection = sql`import_id in (select id from imports where collection_id = ${id})`;
  const [, [receipt], , , , , purged] = await ctx.db.transaction((q) => [
    recordAudit(q, ctx, { action: "collection.deleted", targetId: id }, there),
    requestDeletion(q, ctx, deletion),
    q
      .update(collections)
      .set({ deleted_at: sql`now()` })
      .where(and(eq(collections.id, id), alive)),
    q.execute(sql`delete from import_jobs where ${ofCollection}`),
    lockJobs(q, inCollection),
    recordReceipts(q, ctx, inCollection, deletion.id),
    recordPurges(q, inCollection),
    hideDocuments(q, inCollection),
    forgetAnswers(q),
  ]);
  if (!receipt) throw notFound("collection");
  await enqueue(
    ctx,
    purged.map((job) => job.document_id),
  );
  await enqueueDeletion(ctx, deletion.id);
  return toDeletion(receipt);
}
