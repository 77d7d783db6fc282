import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { AppError } from "../../errors.ts";
import { answerQuestion, type Question } from "../../services/chat/answer-question.ts";
import { collectAnswer } from "../../services/chat/collect-answer.ts";
import { readEventId } from "../../services/chat/event-position.ts";
import { startProgress } from "../../services/chat/progress.ts";
import { streamAnswer } from "../answer-stream.ts";
import { type AppEnv, createRouter } from "../router.ts";
import { AnswerSchema, ChatInput, StreamInput } from "../schemas/chat.ts";
import { body, Id, json, problems } from "../schemas/shared.ts";
import { serverTiming } from "../server-timing.ts";
import { streamTurn } from "../turn-stream.ts";

const AssistantParam = z.object({ assistant_id: Id });

const ResumeHeaders = z.object({
  "last-event-id": z.string().optional().openapi({
    description: "The `id` of the last event received of this turn's answer",
    example: "2.132.1",
  }),
});

export const chat = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/chat/{assistant_id}",
      tags: ["chat"],
      summary: "Ask a question; the whole answer at once",
      request: { params: AssistantParam, ...body(ChatInput) },
      responses: { 200: json(AnswerSchema, "The answer with its citations"), ...problems },
    }),
    async (c) => {
      const question = toQuestion(c, c.req.valid("param").assistant_id, c.req.valid("json"));
      const collecting = collectAnswer(answerQuestion(c.var.ctx, question, c.req.raw.signal));
      // A client that leaves must not take the settling with it.
      c.var.ctx.background(collecting.catch(() => {}));
      const answer = await collecting;
      c.header("Server-Timing", serverTiming(answer.timings));
      return c.json(answer, 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/chat/{assistant_id}/stream",
      tags: ["chat"],
      summary: "Ask a question; the answer as server-sent events",
      description:
        "`start`, `sources`, then `delta` and `citation` as the answer is written, then `done` — or `error` with a problem. " +
        "A stream that ends without one of the last two was cut. Without a `turn_id` the answer ends with its connection. " +
        "With one it goes on for 15 seconds, and the same request sent again joins it, or reads what was kept of it: from " +
        "its beginning or, with `Last-Event-ID`, after the event that this names. However often it is sent, it counts " +
        "once; a turn_id that was used for another question answers 409, a Last-Event-ID of an answer that isn't " +
        "known any more 404.",
      request: { params: AssistantParam, headers: ResumeHeaders, ...body(StreamInput) },
      responses: {
        200: { content: { "text/event-stream": { schema: z.string() } }, description: "A stream of events" },
        ...problems,
      },
    }),
    async (c) => {
      const { assistant_id: assistantId } = c.req.valid("param");
      const { turn_id: turnId, ...input } = c.req.valid("json");
      const lastEventId = c.req.valid("header")["last-event-id"];
      const question = toQuestion(c, assistantId, input);
      if (turnId === undefined) {
        if (lastEventId)
          throw new AppError("invalid_request", "Last-Event-ID needs the turn_id of its answer.");
        return streamAnswer(c, (signal) => answerQuestion(c.var.ctx, question, signal));
      }
      const reached = lastEventId ? readEventId(lastEventId) : null;
      if (lastEventId && !reached) {
        throw new AppError("invalid_request", "This Last-Event-ID is no id of an event of an answer.");
      }
      const content = JSON.stringify([assistantId, input]);
      return streamTurn(c, { id: turnId, question, content, reached });
    },
  );

function toQuestion(
  c: Context<AppEnv>,
  assistantId: string,
  input: { message: string; conversation_id?: string | undefined },
): Question {
  const { locale, startedAt, authMs } = c.var;
  const progress = startProgress(authMs);
  c.set("progress", progress);
  const { message, conversation_id: conversationId = null } = input;
  return { assistantId, conversationId, message, locale, startedAt, authMs, progress };
}
