import { and, eq, exists, notExists, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { messages } from "../../db/schema/conversations.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { requireHolding, selectHolding } from "../access/still-holds.ts";
import { collectionsOf, visibleTo } from "../assistants/assistant.ts";
import { type LexicalHit, selectLexical } from "../retrieval/candidates.ts";
import { selectCandidatesFor } from "../retrieval/retrieve.ts";
import { quotaError, reserveUsage } from "../usage/reserve.ts";
import { leansOnConversation } from "./follow-up.ts";
import { pastTurns } from "./past-turns.ts";

/** Seconds after which a question that nobody settled is given back: longer than any answer is written. */
export const HELD_SECONDS = 1_800;

/** What of an assistant shapes an answer. */
export type AnsweringAssistant = Pick<
  typeof assistants.$inferSelect,
  "id" | "system_prompt" | "model" | "temperature" | "top_k" | "policy" | "language"
>;

export type OpenedQuestion = {
  assistant: AnsweringAssistant;
  collectionIds: string[];
  /** Oldest first. */
  history: Array<{ question: string; answer: string }>;
  /** The last question's embedding. */
  lastEmbedding: number[] | null;
  /** What full text finds of the question, and of the last one where it leans on that. */
  lexical: LexicalHit[];
};

/**
 * Everything a question needs from Postgres while it is embedded, in one transaction: what full text finds, the assistant
 * and its collections, the tail of the conversation, the quota's reservation, and whether key or membership still holds.
 * Throws `unauthenticated`, `not_found` and `quota_exceeded`, having reserved nothing.
 */
export async function openQuestion(
  ctx: TenantContext,
  input: {
    messageId: string;
    message: string;
    assistantId: string;
    conversationId: string | null;
    revises: string | null;
    /** Whether its answer may be kept already: then nothing is reserved for it. */
    isRepeatable?: boolean;
  },
): Promise<OpenedQuestion> {
  requirePermission(ctx, "chat");
  // What is asked takes milliseconds to write down: whatever else the question waits for is sent before.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const { messageId, message, assistantId, conversationId, revises, isRepeatable } = input;
  const visible = visibleTo(ctx, assistantId);
  const past = pastTurns(ctx, input);
  const fullText = (q: Database): SQL => {
    const shown = q.select({ id: assistants.id }).from(assistants).where(visible);
    const leaning = conversationId && leansOnConversation(message);
    const last = sql`(select question from (${past.selectTurns(q, 1)}) as last)`;
    return selectLexical({
      text: leaning ? sql`concat_ws(E'\n', ${last}, ${message}::text)` : message,
      scope: sql`case when exists (${shown}) then array(${collectionsOf(q, assistantId)}) end`,
      limit: sql`(${q
        .select({ n: selectCandidatesFor(assistants.top_k) })
        .from(assistants)
        .where(visible)})`,
    });
  };
  const opening = (q: Database) =>
    [
      // First: what follows holds the tenant's figures until the end, and others' questions wait for them.
      q.execute<LexicalHit>(fullText(q)),
      selectHolding(q, ctx.actor),
      q.select().from(assistants).where(visible),
      collectionsOf(q, assistantId),
      q
        .select({
          used: reserveUsage({ metric: "questions", id: messageId, amount: 1, heldSeconds: HELD_SECONDS }),
        })
        .from(assistants)
        .where(
          and(
            visible,
            exists(selectHolding(q, ctx.actor)),
            conversationId ? exists(past.selectConversation(q)) : undefined,
            isRepeatable
              ? notExists(q.select({ id: messages.id }).from(messages).where(eq(messages.id, messageId)))
              : undefined,
            revises ? exists(past.selectRevised(q)) : undefined,
          ),
        ),
    ] as const;
  const readBack = (q: Database) =>
    [
      past.selectConversation(q),
      past.selectRevised(q),
      past.selectTurns(q),
      past.selectLastEmbedding(q),
    ] as const;
  const refuse = (error: unknown) => {
    throw quotaError(error);
  };
  // A conversation that isn't there yet has nothing to be read back, and each statement takes its time.
  const [lexical, holding, found, collectionRows, , conversation, revised, turns, lastVector] = conversationId
    ? await ctx.db.transaction((q) => [...opening(q), ...readBack(q)]).catch(refuse)
    : ([...(await ctx.db.transaction((q) => [...opening(q)]).catch(refuse)), [], [], [], []] as const);
  requireHolding(holding, ctx.actor);
  const assistant = found[0];
  if (!assistant) throw notFound("assistant");
  if (conversationId && !conversation[0]) throw notFound("conversation");
  if (revises && !revised[0]) throw notFound("message");
  return {
    assistant,
    collectionIds: collectionRows.map(({ id }) => id),
    history: turns.toReversed(),
    lastEmbedding: lastVector[0]?.embedding ?? null,
    lexical: lexical.rows,
  };
}
