import type { Context } from "hono";
import { AppError } from "../errors.ts";
import { BEGINNING, type Position, readEventId, toEventId } from "../services/chat/event-position.ts";
import type { SentEvent } from "../services/chat/events.ts";
import { eventsAfter } from "../services/chat/turns/answer-log.ts";
import { type Followed, followTurn, type Turn } from "../services/chat/turns/follow-turn.ts";
import { keptEvents } from "../services/chat/turns/kept-events.ts";
import { setServerTiming, toErrorEvent } from "./answer-stream.ts";
import { EVENT_STREAM_HEADERS, eventStream, formatEvent } from "./event-stream.ts";
import { logUnexpected } from "./problem.ts";
import type { AppEnv } from "./router.ts";
import { timingsOf } from "./timings.ts";

/** How often a stream may break off between the Worker and where the answer is written before it is given up. */
const MAX_BREAKS = 3;
const BROKEN = "The answer broke off. Ask again with the same turn_id, without Last-Event-ID.";
const NEWLINE = 10;
/** The colon that a comment begins with. */
const COMMENT = 58;

/** An answer that its client may come back to, as server-sent events from where the client is. */
export async function streamTurn(c: Context<AppEnv>, turn: Turn): Promise<Response> {
  const { ctx } = c.var;
  const followed = await followTurn(ctx, turn);
  if (followed.kind === "live" && c.req.raw.signal.aborted) await followed.leave();
  const response =
    followed.kind === "kept"
      ? eventStream(kept(c, followed), {
          toErrorEvent: (error) => failed(c, error),
          onCancel: () => {},
          onEnd: c.var.endsWithStream(),
        })
      : new Response(relay(c, turn, followed), { headers: EVENT_STREAM_HEADERS });
  setServerTiming(c, response);
  return response;
}

type Live = Extract<Followed, { kind: "live" }>;
type Kept = Extract<Followed, { kind: "kept" }>;

function failed(c: Context<AppEnv>, error: unknown): SentEvent {
  return toErrorEvent(error, c.var.requestId, timingsOf(c));
}

async function* kept(c: Context<AppEnv>, { message, reached }: Kept) {
  yield* eventsAfter(endingInProblem(keptEvents(message), c), reached);
}

function* endingInProblem(events: Iterable<SentEvent>, c: Context<AppEnv>): Generator<SentEvent> {
  try {
    yield* events;
  } catch (error) {
    yield failed(c, error);
  }
}

/** An answer as it is written elsewhere, and whether its client is still there. */
type Relay = { live: Live; left: boolean };

function relay(c: Context<AppEnv>, turn: Turn, first: Live): ReadableStream<Uint8Array> {
  const state: Relay = { live: first, left: false };
  const chunks = relayed(c, turn, state);
  const ended = c.var.endsWithStream();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (state.left) return;
      if (done) {
        controller.close();
        ended();
      } else controller.enqueue(value);
    },
    cancel() {
      state.left = true;
      ended();
      c.var.ctx.background(state.live.leave().catch(() => {}));
    },
  });
}

/**
 * Passes on events. Should they break off where they are written, the rest is looked for; where there is none, an
 * `error` event ends the stream: it never just hangs.
 */
async function* relayed(c: Context<AppEnv>, turn: Turn, state: Relay): AsyncGenerator<Uint8Array, void> {
  let reached = turn.reached ?? BEGINNING;
  let latest: Uint8Array = new Uint8Array();
  for (let breaks = 0; breaks < MAX_BREAKS; breaks++) {
    try {
      for await (const chunk of wholeEvents(state.live.events)) {
        if (chunk[0] !== COMMENT) latest = chunk;
        yield chunk;
      }
      return;
    } catch (error) {
      if (state.left) return;
      logUnexpected(error, c.var.requestId);
    }
    reached = lastPosition(latest) ?? reached;
    const next = await followTurn(c.var.ctx, { ...turn, reached }).catch(() => null);
    if (next?.kind === "kept") {
      const rest = eventsAfter(endingInProblem(keptEvents(next.message), c), reached);
      return yield encode([...rest].map(formatEvent).join(""));
    }
    if (!next) break;
    state.live = next;
  }
  const error = failed(c, new AppError("upstream_unavailable", BROKEN));
  yield encode(formatEvent({ id: toEventId(reached), ...error }));
}

/** Cuts what comes between events, so that one that never comes whole isn't begun. */
async function* wholeEvents(events: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of events) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    let end = bytes.length;
    while (end > 0 && !(bytes[end - 1] === NEWLINE && bytes[end - 2] === NEWLINE)) end--;
    rest = bytes.slice(end);
    if (end > 0) yield bytes.slice(0, end);
  }
}

/** Where the last event of some leads to; null when there is none among them. */
function lastPosition(chunk: Uint8Array): Position | null {
  const id = new TextDecoder().decode(chunk).split(/^id: /m).at(-1)?.split("\n")[0];
  return readEventId(id ?? "");
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
