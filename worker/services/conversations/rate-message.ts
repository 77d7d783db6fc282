import { and, eq, inArray } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Feedback } from "../../db/schema/answer.ts";
import { conversations, messages } from "../../db/schema/conversations.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { mine } from "./mine.ts";

/** Keeps what the caller thinks of an answer of theirs, in the place of what they thought before. Throws `not_found`. */
export async function rateMessage(
  ctx: TenantContext,
  { assistantId, id, feedback }: { assistantId: string; id: string; feedback: Feedback | null },
): Promise<void> {
  requirePermission(ctx, "chat");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .update(messages)
      .set({ feedback })
      .where(
        and(
          eq(messages.id, id),
          inArray(
            messages.conversation_id,
            q.select({ id: conversations.id }).from(conversations).where(mine(ctx, assistantId)),
          ),
        ),
      )
      .returning({ id: messages.id }),
  ]);
  if (!rows[0]) throw notFound("message");
}
