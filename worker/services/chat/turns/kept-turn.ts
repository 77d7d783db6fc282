import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../../context.ts";
import { assistants } from "../../../db/schema/assistants.ts";
import { conversations, messages } from "../../../db/schema/conversations.ts";
import { notFound } from "../../../errors.ts";
import { requireHolding, selectHolding } from "../../access/still-holds.ts";
import { visibleTo } from "../../assistants/assistant.ts";
import { actorId } from "../actor-id.ts";

export type KeptTurn = typeof messages.$inferSelect & { assistant_id: string };

/**
 * An answer of the caller's as it was kept; null when none was. Throws `unauthenticated`, and `not_found` for an
 * assistant that the caller can't see.
 */
export async function findKeptTurn(
  ctx: TenantContext,
  assistantId: string,
  messageId: string,
): Promise<KeptTurn | null> {
  const [holding, assistant, found] = await ctx.db.transaction((q) => [
    selectHolding(q, ctx.actor),
    q.select({ id: assistants.id }).from(assistants).where(visibleTo(ctx, assistantId)),
    q
      .select({ message: messages, assistant_id: conversations.assistant_id })
      .from(messages)
      .innerJoin(conversations, eq(conversations.id, messages.conversation_id))
      .where(and(eq(messages.id, messageId), eq(conversations.user_id, actorId(ctx)))),
  ]);
  requireHolding(holding, ctx.actor);
  if (assistant.length === 0) throw notFound("assistant");
  return found[0] ? { ...found[0].message, assistant_id: found[0].assistant_id } : null;
}

/** Whether a document that it quotes was deleted since. */
export function hasLostQuotes({ sources, citations }: KeptTurn): boolean {
  return [...sources, ...citations].some(({ deleted }) => deleted);
}
