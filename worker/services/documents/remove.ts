import { and, eq, exists } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { type Deletion, toDeletion } from "../deletions/deletion.ts";
import { forgetAnswers } from "../idempotency/forget-answers.ts";
import { visible } from "./document.ts";
import { enqueue } from "./enqueue.ts";
import { hideDocuments, lockJobs, recordPurges, recordReceipts } from "./purge-request.ts";

/**
 * Deletes a document: out of sight when this returns, removed from every store by the queue, which completes the
 * receipt. Throws `not_found`.
 */
export async function removeDocument(ctx: TenantContext, id: string): Promise<Deletion> {
  requirePermission(ctx, "library.write");
  const which = and(eq(documents.id, id), visible);
  const [, , [receipt]] = await ctx.db.transaction((q) => [
    lockJobs(q, which),
    recordAudit(
      q,
      ctx,
      { action: "document.deleted", targetId: id },
      exists(q.select({ id: documents.id }).from(documents).where(which).for("update")),
    ),
    recordReceipts(q, ctx, which),
    recordPurges(q, which),
    hideDocuments(q, which),
    forgetAnswers(q),
  ]);
  if (!receipt) throw notFound("document");
  await enqueue(ctx, [id]);
  return toDeletion(receipt);
}
