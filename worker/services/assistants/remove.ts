import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { type Deletion, toDeletion } from "../deletions/deletion.ts";
import { enqueueDeletion } from "../deletions/enqueue.ts";
import { requestDeletion } from "../deletions/request.ts";
import { forgetAnswers } from "../idempotency/forget-answers.ts";
import { releaseUsage } from "../usage/reserve.ts";
import { alive } from "./assistant.ts";

/**
 * Deletes an assistant with its conversations; the collections stay. Out of sight when this returns; the queue then
 * removes what is stored. Throws `not_found`.
 */
export async function removeAssistant(ctx: TenantContext, id: string): Promise<Deletion> {
  requirePermission(ctx, "assistants.manage");
  const there = sql`exists (select 1 from assistants where id = ${id} and deleted_at is null for update)`;
  const deletion = { id: crypto.randomUUID(), subject: "assistant", subjectId: id, when: there } as const;
  const [, [receipt]] = await ctx.db.transaction((q) => [
    recordAudit(q, ctx, { action: "assistant.deleted", targetId: id }, there),
    requestDeletion(q, ctx, deletion),
    q
      .update(assistants)
      .set({ deleted_at: sql`now()` })
      .where(and(eq(assistants.id, id), alive))
      .returning({ released: releaseUsage("assistants", id) }),
    forgetAnswers(q),
  ]);
  if (!receipt) throw notFound("assistant");
  await enqueueDeletion(ctx, deletion.id);
  return toDeletion(receipt);
}
