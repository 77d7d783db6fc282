import { DurableObject } from "cloudflare:workers";
import { parseEnv } from "./env.ts";
import { toErrorEvent } from "./http/answer-stream.ts";
import { createHeartbeat, formatEvent, KEEP_ALIVE } from "./http/event-stream.ts";
import { logDone } from "./log.ts";
import { type Embeddings, UpstreamError } from "./ports/language-model.ts";
import { answerQuestion } from "./services/chat/answer-question.ts";
import { progressFacts, startProgress } from "./services/chat/progress.ts";
import { settleAnswer } from "./services/chat/settle-answer.ts";
import { type AnswerLog, createAnswerLog } from "./services/chat/turns/answer-log.ts";
import type {
  Asking,
  Joined,
  Opening,
  Owner,
  Reading,
  RunningAnswer as RunningAnswerMethods,
} from "./services/chat/turns/running-answer.ts";
import { type Wiring, wire } from "./wiring.ts";

/**
 * Milliseconds that an answer goes on without anybody reading it: a page that is loaded anew, a change of network or
 * EventSource's own pause of a few seconds fit in, and no more than this is written for nobody.
 */
const GRACE_MS = 15_000;

/** Milliseconds an ended answer's events are kept, if the object lives so long; what is stored serves after that. */
const KEPT_MS = 60_000;

type Running = {
  owner: Owner;
  fingerprint: string;
  assistantId: string;
  log: AnswerLog;
  abort: AbortController;
  /** Whether there was something to answer. */
  begun: Promise<boolean>;
  ended: Promise<void>;
  endedAt: number | null;
  /** How to end each reader's stream. */
  readers: Map<string, () => void>;
  grace: ReturnType<typeof setTimeout> | undefined;
};

/**
 * Writes one answer and gives its events to whoever comes for them, whatever becomes of the connection that it was
 * asked on. All it knows is in memory: what lasts is in Postgres, as for any other answer (docs/decisions/031).
 */
export class RunningAnswer extends DurableObject<Record<string, unknown>> implements RunningAnswerMethods {
  #running: Running | null = null;

  async ask(asking: Asking, opening: Opening): Promise<Joined> {
    const known = this.#current();
    return this.#read(known ?? this.#begin(asking, opening), asking, known === null);
  }

  async join(reading: Reading): Promise<Joined> {
    const running = this.#current();
    return running ? this.#read(running, reading, false) : { kind: "unknown" };
  }

  async leave(reader: string): Promise<void> {
    this.#running?.readers.get(reader)?.();
  }

  async stop(owner: Owner, assistantId: string): Promise<void> {
    const running = this.#current();
    if (!running || !isSame(running.owner, owner) || running.assistantId !== assistantId) return;
    running.abort.abort();
    await running.ended;
  }

  #current(): Running | null {
    const endedAt = this.#running?.endedAt ?? null;
    if (endedAt !== null && Date.now() - endedAt > KEPT_MS) this.#running = null;
    return this.#running;
  }

  #begin(asking: Asking, opening: Opening): Running {
    const begun = Promise.withResolvers<boolean>();
    const running: Running = {
      owner: asking.owner,
      fingerprint: asking.fingerprint,
      assistantId: asking.question.assistantId,
      log: createAnswerLog(),
      abort: new AbortController(),
      begun: begun.promise,
      ended: Promise.resolve(),
      endedAt: null,
      readers: new Map(),
      grace: undefined,
    };
    this.#running = running;
    running.ended = this.#answer(running, asking, opening, begun.resolve);
    // Pending, it keeps the object in memory when no client is left.
    this.ctx.waitUntil(running.ended);
    return running;
  }

  async #answer(
    running: Running,
    { owner, actor, requestId, traceparent, question }: Asking,
    opening: Opening,
    begun: (isBegun: boolean) => void,
  ): Promise<void> {
    const embedding = opening.embedding().then(orFailure, toFailure);
    embedding.catch(() => {});
    const opened = await opening.opened().catch(() => null);
    if (!opened) {
      if (this.#running === running) this.#running = null;
      return begun(false);
    }
    this.#whileUnread(running);
    begun(true);
    const background = (work: Promise<unknown>) => this.ctx.waitUntil(work);
    const { tenantId } = owner;
    const ctx = wiringOf(this.env).forTenant({ tenantId, actor, requestId, traceparent, background });
    const progress = startProgress(question.authMs);
    const answer = answerQuestion(
      { ...ctx, embeddings: { ...ctx.embeddings, embed: () => embedding } },
      // Clocks of two machines differ; how long it took so far doesn't.
      { ...question, progress, startedAt: Date.now() - opened.elapsedMs },
      running.abort.signal,
      { open: async () => opened.question, settle: settleAnswer },
    );
    try {
      for await (const event of answer) running.log.add(event);
    } catch (error) {
      running.log.add(toErrorEvent(error, requestId, progress.timings));
    }
    running.endedAt = Date.now();
    clearTimeout(running.grace);
    running.log.end();
    logDone("answer", { request_id: requestId, tenant_id: tenantId, ...progressFacts(progress) });
  }

  async #read(running: Running, reading: Reading, isFirst: boolean): Promise<Joined> {
    if (!isSame(running.owner, reading.owner)) return { kind: "unknown" };
    if (running.fingerprint !== reading.fingerprint) return { kind: "mismatch" };
    if (!(await running.begun)) return { kind: "unknown" };
    const { readable, writable } = new IdentityTransformStream();
    const reader = crypto.randomUUID();
    const writer = writable.getWriter();
    const gone = Promise.withResolvers<"gone">();
    const end = () => {
      gone.resolve("gone");
      writer.abort().catch(() => {});
    };
    running.readers.set(reader, end);
    clearTimeout(running.grace);
    const writing = send(running.log.follow(reading.reached), writer, gone.promise).catch(end);
    void writing.then(() => {
      running.readers.delete(reader);
      this.#whileUnread(running);
    });
    const hasEnded = running.endedAt !== null;
    return { kind: "events", events: readable, reader, isFirst, hasEnded };
  }

  /** Lets the answer go on for a while though nobody reads it. */
  #whileUnread(running: Running): void {
    if (running.readers.size > 0 || running.endedAt !== null) return;
    clearTimeout(running.grace);
    running.grace = setTimeout(() => running.abort.abort(), GRACE_MS);
  }
}

/** Kept for the life of the isolate, as in `index.ts`: objects come and go with every answer. */
const wirings = new WeakMap<object, Wiring>();

function wiringOf(env: Record<string, unknown>): Wiring {
  const wiring = wirings.get(env) ?? wire(parseEnv(env));
  wirings.set(env, wiring);
  return wiring;
}

function isSame(one: Owner, other: Owner): boolean {
  return one.tenantId === other.tenantId && one.actorId === other.actorId;
}

type Embedded = Awaited<ReturnType<Opening["embedding"]>>;

function orFailure(embedded: Embedded): Embeddings {
  if ("failed" in embedded) throw new UpstreamError(embedded.failed, embedded);
  return embedded;
}

/** The Worker that was to embed the question is gone. */
function toFailure(cause: unknown): never {
  throw new UpstreamError("The question's embedding didn't arrive", { cause, retryable: true });
}

/** Sends a reader its events and, in silence, comments; ends with them, or when the reader is gone. */
async function send(
  events: ReturnType<AnswerLog["follow"]>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  gone: Promise<"gone">,
): Promise<void> {
  const encoder = new TextEncoder();
  const heartbeat = createHeartbeat();
  let next = events.next();
  try {
    for (;;) {
      const result = await Promise.race([heartbeat.during(next), gone]);
      if (result === "gone") return;
      if (result === "silence") {
        await writer.write(encoder.encode(KEEP_ALIVE));
        continue;
      }
      if (result.done) return await writer.close();
      await writer.write(encoder.encode(formatEvent(result.value)));
      next = events.next();
    }
  } finally {
    heartbeat.stop();
  }
}
