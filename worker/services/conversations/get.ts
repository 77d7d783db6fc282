import { and, asc, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { conversations, messages } from "../../db/schema/conversations.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Receipt, toReceipt } from "../chat/receipt.ts";
import type { Conversation } from "./list.ts";
import { mine } from "./mine.ts";

type Row = typeof messages.$inferSelect;

type Unshown = "tenant_id" | "conversation_id" | "question_embedding" | "model" | "cost_nanos" | "counted";

export type Message = Omit<Row, Unshown> & { receipt: Receipt };

/** A conversation with its turns, oldest first. Throws `not_found`. */
export async function getConversation(
  ctx: TenantContext,
  assistantId: string,
  id: string,
): Promise<Conversation & { messages: Message[] }> {
  requirePermission(ctx, "chat");
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
    model: _model,
    cost_nanos: _cost,
    counted: _counted,
    ...message
  } = turn;
  return { ...message, receipt: toReceipt(turn) };
}
