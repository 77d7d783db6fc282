import type { Context } from "hono";
import type { z } from "zod";
import { AppError } from "../errors.ts";
import { answerQuestion, type Question } from "../services/chat/answer-question.ts";
import { collectAnswer } from "../services/chat/collect-answer.ts";
import { readEventId } from "../services/chat/event-position.ts";
import { startProgress } from "../services/chat/progress.ts";
import { streamAnswer } from "./answer-stream.ts";
import type { AppEnv } from "./router.ts";
import type { ChatInput, StreamInput } from "./schemas/question.ts";
import { serverTiming } from "./server-timing.ts";
import { streamTurn } from "./turn-stream.ts";

/** Answers a question with the whole answer at once. */
export async function answerWhole(c: Context<AppEnv>, assistantId: string, input: z.infer<typeof ChatInput>) {
  const question = toQuestion(c, assistantId, input);
  const collecting = collectAnswer(answerQuestion(c.var.ctx, question, c.req.raw.signal));
  // A client that leaves must not take the settling with it.
  c.var.ctx.background(collecting.catch(() => {}));
  const answer = await collecting;
  c.header("Server-Timing", serverTiming(answer.timings));
  return c.json(answer, 200);
}

/**
 * Answers a question with server-sent events; one with a `turn_id` so that its client may come back.
 *
 * @param lastEventId the id of the last event that its client has of this turn
 * @throws AppError invalid_request when that is no such id, or without a `turn_id`
 */
export async function answerAsStream(
  c: Context<AppEnv>,
  assistantId: string,
  { turn_id: turnId, ...input }: z.infer<typeof StreamInput>,
  lastEventId: string | undefined,
): Promise<Response> {
  const question = toQuestion(c, assistantId, input);
  if (turnId === undefined) {
    if (lastEventId) throw new AppError("invalid_request", "Last-Event-ID needs the turn_id of its answer.");
    return streamAnswer(c, (signal) => answerQuestion(c.var.ctx, question, signal));
  }
  const reached = lastEventId ? readEventId(lastEventId) : null;
  if (lastEventId && !reached) {
    throw new AppError("invalid_request", "This Last-Event-ID is no id of an event of an answer.");
  }
  const content = JSON.stringify([assistantId, input]);
  return streamTurn(c, { id: turnId, question, content, reached });
}

function toQuestion(c: Context<AppEnv>, assistantId: string, input: z.infer<typeof ChatInput>): Question {
  const { locale, startedAt, authMs } = c.var;
  const progress = startProgress(authMs);
  c.set("progress", progress);
  const { message, conversation_id: conversationId = null, revises = null } = input;
  return { assistantId, conversationId, revises, message, locale, startedAt, authMs, progress };
}
