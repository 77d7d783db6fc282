import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { answerQuestion, type Question } from "../../services/chat/answer-question.ts";
import { collectAnswer } from "../../services/chat/collect-answer.ts";
import { streamAnswer } from "../answer-stream.ts";
import { type AppEnv, createRouter } from "../router.ts";
import { AnswerSchema, ChatInput } from "../schemas/chat.ts";
import { body, Id, json, problems } from "../schemas/shared.ts";
import { serverTiming } from "../server-timing.ts";

const AssistantParam = z.object({ assistant_id: Id });

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
        "A stream that ends without one of the last two was cut.",
      request: { params: AssistantParam, ...body(ChatInput) },
      responses: {
        200: { content: { "text/event-stream": { schema: z.string() } }, description: "A stream of events" },
        ...problems,
      },
    }),
    async (c) => {
      const question = toQuestion(c, c.req.valid("param").assistant_id, c.req.valid("json"));
      return streamAnswer(c, (signal) => answerQuestion(c.var.ctx, question, signal));
    },
  );

function toQuestion(
  c: Context<AppEnv>,
  assistantId: string,
  input: { message: string; conversation_id?: string | undefined },
): Question {
  const { locale, startedAt, authMs } = c.var;
  const { message, conversation_id: conversationId = null } = input;
  return { assistantId, conversationId, message, locale, startedAt, authMs };
}
