import type { TenantContext } from "../../context.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { forgetAnswers } from "../idempotency/forget-answers.ts";
import { mine } from "./mine.ts";

/** Deletes a conversation and its turns. Throws `not_found`. */
export async function removeConversation(ctx: TenantContext, assistantId: string, id: string): Promise<void> {
  requirePermission(ctx, "chat");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .delete(conversations)
      .where(mine(ctx, assistantId, id))
      .returning({ id: conversations.id }),
    forgetAnswers(q),
  ]);
  if (!rows[0]) throw notFound("conversation");
}
