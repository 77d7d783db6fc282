import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { livingCollections } from "../assistants/require-collections.ts";
import { type LexicalHit, selectLexical } from "../retrieval/candidates.ts";
import { candidatesFor } from "../retrieval/retrieve.ts";
import { quotaError, reserveUsage } from "../usage/reserve.ts";
import { answerQuestion, type Question } from "./answer-question.ts";
import type { ChatEvent } from "./events.ts";
import { contextualise, lastOf } from "./follow-up.ts";
import { type AnsweringAssistant, HELD_SECONDS, type OpenedQuestion } from "./open-question.ts";
import { accountFor, costOf, type SettledAnswer, type Settlement } from "./settle-answer.ts";

/** Whom the day's figures name where no assistant asked. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

export type Preview = Pick<Question, "message" | "locale" | "startedAt" | "authMs" | "progress"> & {
  draft: Omit<AnsweringAssistant, "id">;
  collectionIds: string[];
  /** Oldest first; nothing of a preview is kept, so whoever asks brings it along. */
  history: OpenedQuestion["history"];
};

/**
 * What an assistant would answer as it stands in a form, saved or not, by the very steps of a question. It counts
 * against the plan, and nothing of it is kept. Throws before its first event `forbidden`, `not_found` (a collection)
 * and `quota_exceeded`, having reserved nothing.
 */
export function previewAnswer(
  ctx: TenantContext,
  preview: Preview,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  requirePermission(ctx, "assistants.preview");
  const question = { ...preview, assistantId: NOBODY, conversationId: null, revises: null };
  return answerQuestion(ctx, question, signal, {
    open: (opening, { messageId }) => openPreview(opening, preview, messageId),
    settle: settlePreview,
  });
}

async function openPreview(
  ctx: TenantContext,
  { draft, collectionIds, history, message }: Preview,
  messageId: string,
): Promise<OpenedQuestion> {
  const wanted = [...new Set(collectionIds)];
  const { text } = contextualise(message, lastOf({ history, lastEmbedding: null }));
  const [lexical, found] = await ctx.db
    .transaction((q) => {
      const living = livingCollections(q, wanted);
      const scope = sql`array(${living})`;
      return [
        q.execute<LexicalHit>(selectLexical({ text, scope, limit: candidatesFor(draft.top_k) })),
        living,
        q.execute(sql`
          select ${reserveUsage({ metric: "questions", id: messageId, amount: 1, heldSeconds: HELD_SECONDS })}
          where (select count(*) from (${living}) as found) = ${wanted.length}`),
      ];
    })
    .catch((error: unknown) => {
      throw quotaError(error);
    });
  if (found.length < wanted.length) throw notFound("collection");
  return {
    assistant: { id: NOBODY, ...draft },
    collectionIds: wanted,
    history,
    lastEmbedding: null,
    lexical: lexical.rows,
  };
}

/** Settles the reservation and adds to the day what it took. */
async function settlePreview(ctx: TenantContext, answer: SettledAnswer): Promise<Settlement> {
  const cost_nanos = costOf(ctx, answer);
  const [settled] = await ctx.db.transaction((q) => [accountFor(q, answer, cost_nanos)]);
  return { counted: answer.status !== "failed" && settled.rows.length > 0, cost_nanos };
}
