import type { Context } from "hono";
import { createNumbering } from "../services/chat/event-position.ts";
import type { ChatEvent, SentEvent } from "../services/chat/events.ts";
import { eventStream } from "./event-stream.ts";
import { logUnexpected, toProblem } from "./problem.ts";
import type { AppEnv } from "./router.ts";
import { serverTiming } from "./server-timing.ts";
import { timingsOf } from "./timings.ts";

/**
 * An answer as server-sent events. What goes wrong before the first one is thrown, as a plain problem with its own
 * status; what comes later is an `error` event. `begin` is told by its signal when the client leaves.
 */
export async function streamAnswer(
  c: Context<AppEnv>,
  begin: (signal: AbortSignal) => AsyncGenerator<ChatEvent, void>,
): Promise<Response> {
  const { ctx } = c.var;
  const abort = new AbortController();
  c.req.raw.signal.addEventListener("abort", () => abort.abort());
  const events = begin(abort.signal);
  const number = createNumbering();
  const first = await events.next();
  const response = eventStream(startingWith(first, events, number), {
    toErrorEvent: (error) => number(toErrorEvent(error, c.var.requestId, timingsOf(c))),
    onCancel: (cleanUp) => {
      abort.abort();
      ctx.background(cleanUp);
    },
    onEnd: c.var.endsWithStream(),
  });
  setServerTiming(c, response);
  return response;
}

/** The event that ends a stream in the place of `done`. */
export function toErrorEvent(
  error: unknown,
  requestId: string,
  timings: ReturnType<typeof timingsOf>,
): SentEvent {
  logUnexpected(error, requestId);
  return { event: "error", data: { ...toProblem(error, requestId), timings } };
}

/** What is known when the first event is sent; `done` has the rest. */
export function setServerTiming(c: Context<AppEnv>, response: Response): void {
  const { authMs, startedAt } = c.var;
  response.headers.set("Server-Timing", serverTiming({ auth: authMs, context: Date.now() - startedAt }));
}

async function* startingWith(
  first: IteratorResult<ChatEvent, void>,
  rest: AsyncGenerator<ChatEvent, void>,
  number: ReturnType<typeof createNumbering>,
) {
  try {
    if (!first.done) yield number(first.value);
    for await (const event of rest) yield number(event);
  } finally {
    await rest.return();
  }
}
