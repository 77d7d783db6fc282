import type { Actor, TenantContext } from "../../../context.ts";
import type { Embeddings } from "../../../ports/language-model.ts";
import { actorId } from "../actor-id.ts";
import type { Question } from "../answer-question.ts";
import type { Position } from "../event-position.ts";
import type { OpenedQuestion } from "../open-question.ts";

/** Whose answer it is; an object that holds one answers nobody else. */
export type Owner = { tenantId: string; actorId: string };

/** Somebody who wants an answer's events. */
export type Reading = {
  owner: Owner;
  /** Of all that the question says: the same turn can't be another question. */
  fingerprint: string;
  /** What has been received already. */
  reached: Position;
};

export type Asking = Reading & {
  actor: Actor;
  requestId: string;
  traceparent: string | undefined;
  question: Omit<Question, "progress"> & { messageId: string };
};

/** What the asking Worker finds out while the object is being reached; called once each, at once. */
export type Opening = {
  /** The question as opened, and milliseconds since it arrived; null: there is nothing to answer. */
  opened(): Promise<{ question: OpenedQuestion; elapsedMs: number } | null>;
  embedding(): Promise<Embeddings | { failed: string; retryable: boolean }>;
};

export type Joined =
  /** Server-sent events as they go over the wire, comments that keep the connection alive among them. */
  | {
      kind: "events";
      events: ReadableStream<Uint8Array>;
      reader: string;
      /** Whether it was this asking that began the answer. */
      isFirst: boolean;
      hasEnded: boolean;
    }
  /** The turn was first used for something else. */
  | { kind: "mismatch" }
  | { kind: "unknown" };

/** One answer while it is written, and shortly after. Without memory of it, it knows nothing. */
export interface RunningAnswer {
  /** Begins the answer unless it runs already. */
  ask(asking: Asking, opening: Opening): Promise<Joined>;
  join(reading: Reading): Promise<Joined>;
  /** A reader is gone. */
  leave(reader: string): Promise<void>;
  /** Ends the answer where it is; resolves once what was written is kept. */
  stop(owner: Owner, assistantId: string): Promise<void>;
}

/** What of a Durable Object namespace is used. */
export type RunningAnswers = { getByName(name: string): RunningAnswer };

export function ownerOf(ctx: TenantContext): Owner {
  return { tenantId: ctx.tenantId, actorId: actorId(ctx) };
}

/** The one object for a message of the caller's. */
export function runningAnswer(ctx: TenantContext, messageId: string): RunningAnswer {
  return ctx.answers.getByName(JSON.stringify([ctx.tenantId, actorId(ctx), messageId]));
}
