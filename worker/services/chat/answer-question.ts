import { sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import type { Source, Timings } from "../../db/schema/answer.ts";
import { requirePermission } from "../access/permissions.ts";
import { detectQuestionLanguage } from "../retrieval/language.ts";
import { type Passage, retrieve } from "../retrieval/retrieve.ts";
import { embeddingFigures, recordUsage } from "../usage/record.ts";
import type { ChatEvent } from "./events.ts";
import { contextualise } from "./follow-up.ts";
import { type OpenedQuestion, openQuestion } from "./open-question.ts";
import { anyRelevant, packPassages } from "./pack.ts";
import { toReceipt } from "./receipt.ts";
import { refusalText } from "./refusal.ts";
import { settleAnswer } from "./settle-answer.ts";
import { toSources } from "./sources.ts";
import { createAnswerDraft, writeAnswer } from "./write-answer.ts";

export type Question = {
  assistantId: string;
  conversationId: string | null;
  message: string;
  locale: Locale;
  /** When the request arrived, and the milliseconds that recognising its sender took. */
  startedAt: number;
  authMs: number;
};

/** How a question is opened and its answer settled. */
export type Bookkeeping = { open: typeof openQuestion; settle: typeof settleAnswer };

/** In a conversation that is kept. */
const KEPT: Bookkeeping = { open: openQuestion, settle: settleAnswer };

/**
 * Answers a question, event by event: *open ‖ embed → retrieve → write*. Throws before its first event when the
 * question can't be opened (`not_found`, `quota_exceeded`), and after it when an upstream fails. Whatever happens
 * once it is opened, what was written is kept and the reservation settled before this ends.
 */
export async function* answerQuestion(
  ctx: TenantContext,
  question: Question,
  signal: AbortSignal,
  books: Bookkeeping = KEPT,
): AsyncGenerator<ChatEvent, void> {
  // Before the embedding is asked for: who may not ask may not spend either.
  requirePermission(ctx, "chat");
  const elapsed = () => Date.now() - question.startedAt;
  const timings: Timings = {
    auth: question.authMs,
    context: 0,
    embed: null,
    retrieve: null,
    first_token: null,
    total: 0,
  };
  const embedding = ctx.embeddings.embed([question.message], signal).then((result) => {
    timings.embed = elapsed();
    return result;
  });
  // It runs beside the context; when that fails first, nobody is left to hear of this one.
  embedding.catch(() => {});
  const messageId = crypto.randomUUID();
  const opened = await books.open(ctx, { ...question, messageId }).catch((error: unknown) => {
    ctx.background(embedding.then(({ tokens }) => recordUnanswered(ctx, tokens)).catch(() => {}));
    throw error;
  });
  timings.context = elapsed();

  const conversationId = question.conversationId ?? crypto.randomUUID();
  const draft = createAnswerDraft();
  let status: "complete" | "interrupted" | "failed" = "interrupted";
  let vector: number[] | null = null;
  let sources: Source[] = [];
  let settled = false;
  const settle = () => {
    settled = true;
    timings.total = elapsed();
    const { text, citations, unanchored, refused, usage } = draft;
    return books.settle(ctx, {
      id: messageId,
      assistant_id: opened.assistant.id,
      conversation_id: conversationId,
      opens: question.conversationId === null,
      question: question.message,
      question_embedding: vector,
      answer: text,
      status,
      refused,
      sources,
      citations,
      unanchored,
      usage,
      timings,
      model: draft.model,
    });
  };

  try {
    yield { event: "start", data: { conversation_id: conversationId, message_id: messageId } };
    const { vectors, tokens } = await embedding;
    draft.usage.embedding_tokens = tokens;
    const last = opened.history.at(-1);
    const search = contextualise(
      { text: question.message, vector: vectors[0] ?? [] },
      last ? { text: last.question, vector: opened.lastEmbedding ?? [] } : undefined,
    );
    vector = search.vector;
    const passages = await findPassages(ctx, opened, search);
    timings.retrieve = elapsed();
    sources = toSources(passages);
    yield { event: "sources", data: sources };

    const language = answerLanguage(opened, question);
    const mayAnswer = opened.assistant.policy === "open" || anyRelevant(passages);
    const prompt = { opened, passages, language, question: question.message };
    for await (const event of mayAnswer ? writeAnswer(ctx, prompt, draft, signal) : []) {
      timings.first_token ??= elapsed();
      yield event;
    }
    const silent = draft.text === "" && draft.finishReason === "stop";
    if (!mayAnswer || draft.refused || silent) {
      draft.refuse(refusalText(language));
      yield { event: "delta", data: { text: draft.text } };
    }
    status = "complete";
    const settlement = await settle();
    const { unanchored, refused, usage } = draft;
    const finish_reason = refused ? "refused" : draft.finishReason;
    const receipt = toReceipt({ ...draft, ...settlement, timings, sources });
    yield { event: "done", data: { finish_reason, refused, unanchored, usage, timings, receipt } };
  } catch (error) {
    if (signal.aborted) return;
    status = "failed";
    throw error;
  } finally {
    if (!settled) await settle();
  }
}

/** What the embedding of a question took that nobody answers, as when the plan's limit is reached. */
function recordUnanswered(ctx: TenantContext, tokens: number): Promise<unknown> {
  return ctx.db.rows(sql`select ${recordUsage(null, embeddingFigures(ctx, tokens))}`);
}

async function findPassages(
  ctx: TenantContext,
  opened: OpenedQuestion,
  search: { text: string; vector: number[] },
): Promise<Passage[]> {
  const { collectionIds, assistant } = opened;
  return packPassages(await retrieve(ctx, { ...search, collectionIds, topK: assistant.top_k }));
}

function answerLanguage({ assistant }: OpenedQuestion, { message, locale }: Question): Locale {
  return assistant.language === "auto" ? (detectQuestionLanguage(message) ?? locale) : assistant.language;
}
