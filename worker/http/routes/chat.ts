import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { answerQuestion, type Question } from "../../services/chat/answer-question.ts";
import { collectAnswer } from "../../services/chat/collect-answer.ts";
import type { ChatEvent } from "../../services/chat/events.ts";
import { eventStream } from "../event-stream.ts";
import { logUnexpected, toProblem } from "../problem.ts";
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
      const { ctx, requestId, authMs } = c.var;
      const abort = new AbortController();
      c.req.raw.signal.addEventListener("abort", () => abort.abort());
      const question = toQuestion(c, c.req.valid("param").assistant_id, c.req.valid("json"));
      const events = answerQuestion(ctx, question, abort.signal);
      // What goes wrong before the first event is a plain problem, with its own status.
      const first = await events.next();
      const response = eventStream(startingWith(first, events), {
        toErrorEvent: (error) => {
          logUnexpected(error, requestId);
          return { event: "error", data: toProblem(error, requestId) };
        },
        onCancel: (cleanUp) => {
          abort.abort();
          ctx.background(cleanUp);
        },
      });
      response.headers.set(
        "Server-Timing",
        serverTiming({ auth: authMs, context: Date.now() - c.var.startedAt }),
      );
      return response;
    },
  );

function toQuestion(c: Context<AppEnv>, assistantId: string, input: z.infer<typeof ChatInput>): Question {
  const { locale, startedAt, authMs } = c.var;
  const { message, conversation_id: conversationId = null, revises = null } = input;
  return { assistantId, conversationId, revises, message, locale, startedAt, authMs };
}

async function* startingWith(
  first: IteratorResult<ChatEvent, void>,
  rest: AsyncGenerator<ChatEvent, void>,
): AsyncGenerator<ChatEvent, void> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}
