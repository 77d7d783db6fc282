import type { TenantContext } from "../../../context.ts";
import { AppError, notFound } from "../../../errors.ts";
import { UpstreamError } from "../../../ports/language-model.ts";
import { requirePermission } from "../../access/permissions.ts";
import { sha256Hex } from "../../sha256.ts";
import { type Question, recordUnanswered } from "../answer-question.ts";
import { BEGINNING, type Position } from "../event-position.ts";
import { type OpenedQuestion, openQuestion } from "../open-question.ts";
import { findKeptTurn, hasLostQuotes, type KeptTurn } from "./kept-turn.ts";
import { type Joined, type Opening, ownerOf, type Reading, runningAnswer } from "./running-answer.ts";
import { messageOfTurn } from "./turn-id.ts";

/** How often it is looked again: another one with the same turn may give up, or end, just while this one looks. */
const LOOKS = 3;

/** A question that its sender may send again. */
export type Turn = {
  id: string;
  question: Question;
  /** All that the request says of it; an equal one gives an equal text. */
  content: string;
  /** What was received of its answer; null asks it, anew or again. */
  reached: Position | null;
};

export type Followed =
  | { kind: "live"; events: ReadableStream<Uint8Array>; leave(): Promise<void> }
  | { kind: "kept"; message: KeptTurn; reached: Position };

/**
 * The answer to a turn: it is begun, or joined while it is written, or what was kept of it is read again. Whichever,
 * it counts once. Throws what opening a question does, `conflict` when the turn was another question, and `not_found`
 * when something was received of it that isn't known any more.
 */
export async function followTurn(ctx: TenantContext, turn: Turn): Promise<Followed> {
  requirePermission(ctx, "chat");
  const messageId = await messageOfTurn(ctx, turn.id);
  // Who answers reports on it; it runs somewhere else.
  const { progress: _mine, ...asked } = turn.question;
  const question = { ...asked, messageId };
  const reading: Reading = {
    owner: ownerOf(ctx),
    fingerprint: await sha256Hex(turn.content),
    reached: turn.reached ?? BEGINNING,
  };
  for (let look = 0; look < LOOKS; look++) {
    const found = await (turn.reached ? rejoin : ask)(ctx, question, reading);
    const chosen = choose(ctx, question, reading, found);
    if (chosen) return chosen;
  }
  throw notFound("turn");
}

type Asked = Question & { messageId: string };
type Found = { joined: Joined; kept: KeptTurn | null };

async function rejoin(
  ctx: TenantContext,
  { assistantId, messageId }: Asked,
  reading: Reading,
): Promise<Found> {
  const joining = runningAnswer(ctx, messageId).join(reading);
  try {
    const [joined, kept] = await Promise.all([joining, findKeptTurn(ctx, assistantId, messageId)]);
    return { joined, kept };
  } catch (error) {
    drop(ctx, messageId, joining);
    throw error;
  }
}

/** Opens the question, embeds it and reaches the object that answers it, all side by side. */
async function ask(ctx: TenantContext, question: Asked, reading: Reading): Promise<Found> {
  const { assistantId, messageId } = question;
  const unneeded = new AbortController();
  const embedding = ctx.embeddings.embed([question.message], unneeded.signal);
  const keeping = findKeptTurn(ctx, assistantId, messageId);
  const opening = openQuestion(ctx, { ...question, isRepeatable: true }).then((opened) => ({
    question: opened,
    elapsedMs: Date.now() - question.startedAt,
  }));
  const answerable = Promise.all([opening, keeping]).then(([opened, kept]) => (kept ? null : opened));
  const { actor, requestId, traceparent } = ctx;
  const joining = runningAnswer(ctx, messageId).ask(
    { ...reading, actor, requestId, traceparent, question },
    toOpening(answerable, embedding),
  );
  // The object needs these even if the client leaves before it answers.
  ctx.background(Promise.allSettled([answerable, embedding, joining]));
  try {
    const [kept, joined] = await Promise.all([keeping, joining, opening]);
    if (kept || joined.kind !== "events" || !joined.isFirst) unneeded.abort();
    return { joined, kept };
  } catch (error) {
    drop(ctx, messageId, joining);
    ctx.background(embedding.then(({ tokens }) => recordUnanswered(ctx, tokens)).catch(() => {}));
    throw error;
  }
}

function toOpening(
  answerable: Promise<{ question: OpenedQuestion; elapsedMs: number } | null>,
  embedding: ReturnType<TenantContext["embeddings"]["embed"]>,
): Opening {
  return {
    // What went wrong is thrown here; the object only learns that there is nothing to do.
    opened: () => answerable.catch(() => null),
    embedding: () =>
      embedding.catch((error: unknown) => ({
        failed: String(error),
        retryable: !(error instanceof UpstreamError) || error.retryable,
      })),
  };
}

/** What to send; null when it has to be looked again. What is stored is what was deleted from, so it has the last word. */
function choose(
  ctx: TenantContext,
  question: Asked,
  { reached }: Reading,
  { joined, kept }: Found,
): Followed | null {
  const { messageId } = question;
  if (joined.kind === "mismatch" || (kept && !isSameQuestion(kept, question))) {
    drop(ctx, messageId, Promise.resolve(joined));
    throw new AppError("conflict", "This turn_id was first used for another question. Use a new one.");
  }
  const isTrue = joined.kind === "events" && (kept ? !hasLostQuotes(kept) : !joined.hasEnded);
  if (joined.kind === "events" && isTrue) {
    const leave = () => runningAnswer(ctx, messageId).leave(joined.reader);
    return { kind: "live", events: joined.events, leave };
  }
  drop(ctx, messageId, Promise.resolve(joined));
  return kept && { kind: "kept", message: kept, reached };
}

function isSameQuestion(kept: KeptTurn, { assistantId, conversationId, message, messageId }: Asked): boolean {
  return (
    kept.assistant_id === assistantId &&
    kept.conversation_id === (conversationId ?? messageId) &&
    kept.question === message.toWellFormed()
  );
}

/** Leaves an answer whose events nobody will read. */
function drop(ctx: TenantContext, messageId: string, joining: Promise<Joined>): void {
  const leaving = joining.then(async (joined) => {
    if (joined.kind !== "events") return;
    await Promise.all([joined.events.cancel(), runningAnswer(ctx, messageId).leave(joined.reader)]);
  });
  ctx.background(leaving.catch(() => {}));
}
