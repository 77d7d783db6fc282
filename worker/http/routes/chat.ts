import { createRoute } from "@hono/zod-openapi";
import { answerAsStream, answerWhole } from "../questions.ts";
import { createRouter } from "../router.ts";
import { AnswerSchema } from "../schemas/chat.ts";
import { AssistantParam, ChatInput, ResumeHeaders, StreamInput } from "../schemas/question.ts";
import { body, json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

/** The questions' routes, documented; `worker/chat-app.ts` has the same without their documents. */
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
    (c) => answerWhole(c, c.req.valid("param").assistant_id, c.req.valid("json")),
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
      request: {
        params: AssistantParam,
        headers: ResumeHeaders,
        ...body(StreamInput),
      },
      responses: {
        200: { content: { "text/event-stream": { schema: z.string() } }, description: "A stream of events" },
        ...problems,
      },
    }),
    (c) =>
      answerAsStream(
        c,
        c.req.valid("param").assistant_id,
        c.req.valid("json"),
        c.req.valid("header")["last-event-id"],
      ),
  );
