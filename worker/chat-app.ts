import { requireSender, requireTenant, startPipeline } from "./http/pipeline.ts";
import { chat } from "./http/routes/chat.ts";
import type { Wiring } from "./wiring.ts";

/** The requests that `createChatApp` answers: questions. */
const QUESTION = /^\/api\/v1\/chat\/[^/]+(\/stream)?$/;

/** The part of `createApp` that answers questions, the same way: all that an isolate loads before its first one. */
export function createChatApp(wiring: Wiring) {
  const app = startPipeline(wiring);
  requireSender(app);
  requireTenant(app);
  return app.route("/api/v1", chat);
}

export function isQuestion(request: { method: string; url: string }): boolean {
  return request.method === "POST" && QUESTION.test(new URL(request.url).pathname);
}
