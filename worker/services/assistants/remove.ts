import { eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { forgetAnswers } from "../idempotency/forget-answers.ts";
import { releaseUsage } from "../usage/reserve.ts";

/** Deletes an assistant with its conversations; the collections stay. Throws `not_found`. */
export async function removeAssistant(ctx: TenantContext, id: string): Promise<void> {
  requirePermission(ctx, "assistants.manage");
  const [, gone] = await ctx.db.transaction((q) => [
    recordAudit(
      q,
      ctx,
      { action: "assistant.deleted", targetId: id },
      sql`exists (select 1 from assistants where id = ${id} for update)`,
    ),
    q
      .delete(assistants)
      .where(eq(assistants.id, id))
      .returning({ released: releaseUsage("assistants", id) }),
    forgetAnswers(q),
  ]);
  if (gone.length === 0) throw notFound("assistant");
}
