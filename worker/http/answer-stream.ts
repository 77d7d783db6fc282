import type { Context } from "hono";
import type { ChatEvent } from "../services/chat/events.ts";
import { eventStream } from "./event-stream.ts";
import { logUnexpected, toProblem } from "./problem.ts";
import type { AppEnv } from "./router.ts";
import { serverTiming } from "./server-timing.ts";

/**
 * An answer as server-sent events. What goes wrong before the first one is thrown, as a plain problem with its own
 * status; what comes later is an `error` event. `begin` is told by its signal when the client leaves.
 */
export async function streamAnswer(
  c: Context<AppEnv>,
  begin: (signal: AbortSignal) => AsyncGenerator<ChatEvent, void>,
): Promise<Response> {
  const { ctx, requestId, authMs, startedAt } = c.var;
  const abort = new AbortController();
  c.req.raw.signal.addEventListener("abort", () => abort.abort());
  const events = begin(abort.signal);
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
  response.headers.set("Server-Timing", serverTiming({ auth: authMs, context: Date.now() - startedAt }));
  return response;
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
