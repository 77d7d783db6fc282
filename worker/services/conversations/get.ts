import { and, asc, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { conversations, messages } from "../../db/schema/conversations.ts";
import { notFound } from "../../errors.ts";
import type { Conversation } from "./list.ts";
import { mine } from "./mine.ts";

type Row = typeof messages.$inferSelect;

export type Message = Omit<Row, "tenant_id" | "conversation_id" | "question_embedding">;

/** A conversation with its turns, oldest first. Throws `not_found`. */
export async function getConversation(
  ctx: TenantContext,
  assistantId: string,
  id: string,
): Promise<Conversation & { messages: Message[] }> {
  const [[row], turns] = await ctx.db.transaction((q) => [
    q
      .select()
      .from(conversations)
      .where(mine(ctx, assistantId, id)),
    q
      .select({ turn: messages })
      .from(messages)
      .innerJoin(
        conversations,
        and(eq(conversations.id, messages.conversation_id), mine(ctx, assistantId, id)),
      )
      .orderBy(asc(messages.created_at)),
  ]);
  if (!row) throw notFound("conversation");
  const { tenant_id: _tenant, user_id: _user, ...conversation } = row;
  return { ...conversation, messages: turns.map(({ turn }) => toMessage(turn)) };
}

function toMessage(turn: Row): Message {
  const {
    tenant_id: _tenant,
    conversation_id: _conversation,
    question_embedding: _vector,
    ...message
  } = turn;
  return message;
}
