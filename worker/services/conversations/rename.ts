import type { TenantContext } from "../../context.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { mine } from "./mine.ts";

/** Gives a conversation another title. Throws `not_found`. */
export async function renameConversation(
  ctx: TenantContext,
  assistantId: string,
  id: string,
  title: string,
): Promise<void> {
  requirePermission(ctx, "chat");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .update(conversations)
      .set({ title })
      .where(mine(ctx, assistantId, id))
      .returning({ id: conversations.id }),
  ]);
  if (!rows[0]) throw notFound("conversation");
}
