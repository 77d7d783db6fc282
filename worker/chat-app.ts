import { Hono } from "hono";
import { requireSender, requireTenant, startPipeline } from "./http/pipeline.ts";
import { answerAsStream, answerWhole } from "./http/questions.ts";
import type { AppEnv } from "./http/router.ts";
import { AssistantParam, ChatInput, ResumeHeaders, StreamInput } from "./http/schemas/question.ts";
import { jsonOnly, valid } from "./http/validation.ts";
import type { Wiring } from "./wiring.ts";

/** The requests that `createChatApp` answers: questions. */
const QUESTION = /^\/api\/v1\/chat\/[^/]+(\/stream)?$/;

const questions = new Hono<AppEnv>()
  .post("/chat/:assistant_id", valid("param", AssistantParam), jsonOnly(), valid("json", ChatInput), (c) =>
    answerWhole(c, c.req.valid("param").assistant_id, c.req.valid("json")),
  )
  .post(
    "/chat/:assistant_id/stream",
    valid("param", AssistantParam),
    valid("header", ResumeHeaders),
    jsonOnly(),
    valid("json", StreamInput),
    (c) =>
      answerAsStream(
        c,
        c.req.valid("param").assistant_id,
        c.req.valid("json"),
        c.req.valid("header")["last-event-id"],
      ),
  );

/**
 * The part of `createApp` that answers questions, the same way: all that an isolate loads before its first one. Its routes
 * are those of `worker/http/routes/chat.ts` without what documents them.
 */
export function createChatApp(wiring: Wiring) {
  const app = startPipeline(new Hono<AppEnv>(), wiring);
  requireSender(app);
  requireTenant(app);
  return app.route("/api/v1", questions);
}

export function isQuestion(request: { method: string; url: string }): boolean {
  return request.method === "POST" && QUESTION.test(new URL(request.url).pathname);
}
