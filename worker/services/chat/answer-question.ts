import { sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { inTime } from "../../db/client.ts";
import type { Source } from "../../db/schema/answer.ts";
import { errorFacts, logEvent } from "../../log.ts";
import { UpstreamError } from "../../ports/language-model.ts";
import { requirePermission } from "../access/permissions.ts";
import { detectQuestionLanguage } from "../retrieval/language.ts";
import { beginRetrieval } from "../retrieval/retrieve.ts";
import { embeddingFigures, recordUsage } from "../usage/record.ts";
import type { ChatEvent, Done } from "./events.ts";
import { contextualise, lastOf } from "./follow-up.ts";
import { type OpenedQuestion, openQuestion } from "./open-question.ts";
import { anyRelevant, packPassages } from "./pack.ts";
import { type Progress, startProgress } from "./progress.ts";
import { toReceipt } from "./receipt.ts";
import { refusalText } from "./refusal.ts";
import { settleAnswer } from "./settle-answer.ts";
import { toSources } from "./sources.ts";
import { createAnswerDraft, writeAnswer } from "./write-answer.ts";

export type Question = {
  assistantId: string;
  conversationId: string | null;
  /** The message of that conversation that this is asked in the place of. */
  revises: string | null;
  /** The answer's id where it was chosen beforehand; a conversation that it opens is named by it too. */
  messageId?: string;
  message: string;
  locale: Locale;
  /** When the request arrived, and the milliseconds that recognising its sender took. */
  startedAt: number;
  authMs: number;
  /** Filled as the answer is made, where somebody wants to know. */
  progress?: Progress;
};

/** How a question is opened and its answer settled. */
export type Bookkeeping = { open: typeof openQuestion; settle: typeof settleAnswer };

/** In a conversation that is kept. */
const KEPT: Bookkeeping = { open: openQuestion, settle: settleAnswer };

/** Milliseconds each trip to the database may take before the first token; a suspended Neon compute wakes in about one second. */
const TRIP_MS = 10_000;
/** Milliseconds that keeping what came of a failed answer holds back the error; it goes on after them. */
const SETTLE_MS = 2_000;

/**
 * Answers a question, event by event: *open, full text ‖ embed → nearest → write*. Throws before its first event when the
 * question can't be opened (`not_found`, `quota_exceeded`), and after it when an upstream fails. Whatever happens
 * once it is opened, what was written is kept and the reservation settled before this ends. The signal stops it: the
 * model's answer ends, and what there is of it is `done` as `interrupted`.
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
  const progress = question.progress ?? startProgress(question.authMs);
  const { timings } = progress;
  const waiting = { ...ctx, db: inTime(ctx.db, TRIP_MS) };
  const embedding = ctx.embeddings.embed([question.message], signal).then((result) => {
    timings.embed = elapsed();
    return result;
  });
  // It runs beside the context; when that fails first, nobody is left to hear of this one.
  embedding.catch(() => {});
  const messageId = question.messageId ?? crypto.randomUUID();
  const opened = await books.open(waiting, { ...question, messageId }).catch((error: unknown) => {
    ctx.background(embedding.then(({ tokens }) => recordUnanswered(ctx, tokens)).catch(() => {}));
    throw error;
  });
  timings.context = elapsed();

  const conversationId = question.conversationId ?? question.messageId ?? crypto.randomUUID();
  const draft = createAnswerDraft();
  let status: "complete" | "interrupted" | "failed" = "interrupted";
  let vector: number[] | null = null;
  let sources: Source[] = [];
  let settled = false;
  const settle = () => {
    settled = true;
    timings.total = elapsed();
    const { text, citations, unanchored, refused, usage } = draft;
    Object.assign(progress, { status, refused });
    return books.settle(waiting, {
      id: messageId,
      assistant_id: opened.assistant.id,
      conversation_id: conversationId,
      opens: question.conversationId === null,
      revises: question.revises,
      question: question.message,
      question_embedding: vector,
      answer: text,
      status,
      refused,
      finish_reason: status === "failed" ? null : finishReason(),
      sources,
      citations,
      unanchored,
      usage,
      timings,
      model: draft.model,
    });
  };
  const finishReason = (): Done["finish_reason"] => {
    if (status !== "complete") return "interrupted";
    return draft.refused ? "refused" : draft.finishReason;
  };
  const end = async (): Promise<ChatEvent> => {
    const settlement = await settle();
    const { unanchored, refused, usage } = draft;
    const receipt = toReceipt({ ...draft, ...settlement, timings, sources });
    const data = { finish_reason: finishReason(), refused, unanchored, usage, timings, receipt };
    return { event: "done", data };
  };

  try {
    yield { event: "start", data: { conversation_id: conversationId, message_id: messageId } };
    const search = contextualise(question.message, lastOf(opened));
    const { collectionIds, lexical, assistant } = opened;
    const finishRetrieval = beginRetrieval(waiting, {
      text: search.text,
      lexical,
      collectionIds,
      topK: assistant.top_k,
    });
    const { vectors, tokens } = await embedding.catch((error: unknown) => {
      if (signal.aborted || !(error instanceof UpstreamError)) throw error;
      progress.fault = error;
      return { vectors: [], tokens: 0 };
    });
    draft.usage.embedding_tokens = tokens;
    signal.throwIfAborted();
    vector = vectors[0] ? search.toVector(vectors[0]) : null;
    const found = await finishRetrieval(vector);
    const passages = packPassages(found.passages);
    timings.retrieve = elapsed();
    progress.retrieval = found.mode;
    progress.fault ??= found.fault;
    if (found.mode === "full_text") draft.usage.retrieval = found.mode;
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
    yield await end();
  } catch (error) {
    if (!signal.aborted || settled) {
      status = "failed";
      progress.status = status;
      throw error;
    }
    yield await end();
  } finally {
    if (!settled) await aMoment(ctx, settle());
  }
}

/** Waits for work, but not long: the error that it stands in the way of is what somebody waits for. */
async function aMoment(ctx: TenantContext, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, SETTLE_MS);
  });
  const kept = work.catch((error: unknown) =>
    logEvent("chat.not_settled", {
      request_id: ctx.requestId,
      tenant_id: ctx.tenantId,
      ...errorFacts(error),
    }),
  );
  ctx.background(kept);
  await Promise.race([kept, over]);
  clearTimeout(timer);
}

/** What the embedding of a question took that nobody answers, as when the plan's limit is reached. */
export function recordUnanswered(ctx: TenantContext, tokens: number): Promise<unknown> {
  return ctx.db.rows(sql`select ${recordUsage(null, embeddingFigures(ctx, tokens))}`);
}

function answerLanguage({ assistant }: OpenedQuestion, { message, locale }: Question): Locale {
  return assistant.language === "auto" ? (detectQuestionLanguage(message) ?? locale) : assistant.language;
}
