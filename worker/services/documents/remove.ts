import { and, eq, exists } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { forgetAnswers } from "../idempotency/forget-answers.ts";
import { visible } from "./document.ts";
import { enqueue } from "./enqueue.ts";
import { hideDocuments, recordPurges } from "./purge-request.ts";

/** Deletes a document: out of sight when this returns, removed from every store by the queue. Throws `not_found`. */
export async function removeDocument(ctx: TenantContext, id: string): Promise<void> {
  requirePermission(ctx, "library.write");
  const which = and(eq(documents.id, id), visible);
  const [, purged] = await ctx.db.transaction((q) => [
    recordAudit(
      q,
      ctx,
      { action: "document.deleted", targetId: id },
      exists(q.select({ id: documents.id }).from(documents).where(which).for("update")),
    ),
    recordPurges(q, which),
    hideDocuments(q, which),
    forgetAnswers(q),
  ]);
  if (!purged[0]) throw notFound("document");
  await enqueue(ctx, [id]);
}
