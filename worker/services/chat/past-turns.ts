import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { conversations, messages } from "../../db/schema/conversations.ts";
import { actorId } from "./actor-id.ts";
import { isContinued } from "./branches.ts";

/** Turns read back: what the prompt shows. */
const TURNS = 4;

type Place = { assistantId: string; conversationId: string | null; revises: string | null };

/**
 * The statements that read back what a question goes on from, in the caller's own conversation with that assistant, newest
 * first; they find nothing where no conversation is named.
 */
export function pastTurns(ctx: TenantContext, { assistantId, conversationId, revises }: Place) {
  const mine = conversationId
    ? and(
        eq(conversations.id, conversationId),
        eq(conversations.assistant_id, assistantId),
        eq(conversations.user_id, actorId(ctx)),
      )
    : sql`false`;
  const inMine = and(eq(conversations.id, messages.conversation_id), mine);
  const goneOnFrom = and(ne(messages.status, "failed"), isContinued(revises));
  return {
    selectConversation: (q: Database) => q.select({ id: conversations.id }).from(conversations).where(mine),

    /** The message that the question is asked in the place of. */
    selectRevised: (q: Database) =>
      q
        .select({ id: messages.id })
        .from(messages)
        .innerJoin(conversations, inMine)
        .where(revises ? eq(messages.id, revises) : sql`false`),

    selectTurns: (q: Database, most = TURNS) =>
      q
        .select({ question: messages.question, answer: messages.answer })
        .from(messages)
        .innerJoin(conversations, inMine)
        .where(goneOnFrom)
        .orderBy(desc(messages.created_at))
        .limit(most),

    selectLastEmbedding: (q: Database) =>
      q
        .select({ embedding: messages.question_embedding })
        .from(messages)
        .innerJoin(conversations, inMine)
        .where(goneOnFrom)
        .orderBy(desc(messages.created_at))
        .limit(1),
  };
}
