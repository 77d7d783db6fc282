import { errorFacts, logDone, logEvent } from "../log.ts";
import type { Wiring } from "../wiring.ts";
import { advanceDeletion } from "./deletion/advance.ts";
import { giveUpStuck } from "./give-up.ts";
import { DeletionMessage, IngestMessage } from "./message.ts";
import { nextTurns, type Turn } from "./next-turns.ts";
import { advance, type Outcome } from "./pipeline.ts";
import { retryWait } from "./retry-wait.ts";
import { type IngestJob, postponeWork, releaseWork } from "./stages/load.ts";
import { systemContext } from "./system-context.ts";

/**
 * Seconds before a message is delivered again that nothing could be done for, mostly because the database was away;
 * each further time twice as long, up to the maximum. With `max_retries` in `wrangler.toml` they take as long as
 * `GIVE_UP_SECONDS`.
 */
const FIRST_DELAY_SECONDS = 2;
const MAX_DELAY_SECONDS = 60;
/** Seconds until a file is looked at again that the isolate had no room for; reading a slice of a large one takes some ten. */
const FULL_DELAY_SECONDS = 5;

/** Works through a batch. Every message ends on its own: acked, or delivered again with a delay. */
export async function consumeIngest(batch: MessageBatch, wiring: Wiring): Promise<void> {
  for (const message of batch.messages) {
    const deletion = DeletionMessage.safeParse(message.body);
    if (deletion.success) {
      await consumeDeletion(message, deletion.data, wiring);
      continue;
    }
    if (!IngestMessage.safeParse(message.body).success) {
      logEvent("ingest.unreadable_message", { message_id: message.id });
      message.ack();
      continue;
    }
    const began = Date.now();
    try {
      const done = await takeTurn(wiring);
      message.ack();
      logDone("ingest.message", { message_id: message.id, ...done, ms: Date.now() - began });
    } catch (error) {
      logEvent("ingest.turn_failed", {
        message_id: message.id,
        attempts: message.attempts,
        ms: Date.now() - began,
        ...errorFacts(error),
      });
      message.retry({
        delaySeconds: Math.min(MAX_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** (message.attempts - 1)),
      });
    }
  }
}

async function consumeDeletion(message: Message, body: DeletionMessage, wiring: Wiring): Promise<void> {
  const { tenant_id, deletion_id } = body;
  const began = Date.now();
  try {
    await advanceDeletion(systemContext(wiring, tenant_id), deletion_id);
    message.ack();
    logDone("deletion.message", { tenant_id, deletion_id, ms: Date.now() - began });
  } catch (error) {
    logEvent("deletion.failure", { tenant_id, deletion_id, ...errorFacts(error) });
    message.retry({ delaySeconds: MAX_DELAY_SECONDS });
  }
}

/**
 * One slice of whatever work has its turn, which needn't be the message's own: a message is leave to work, and how many
 * a tenant sent doesn't count. Gives what was worked on, for the log. Where it leaves work that could go on, it sends another message before it ends.
 */
async function takeTurn(wiring: Wiring): Promise<Record<string, string>> {
  const slots = wiring.env.INGEST_SLOTS_PER_TENANT;
  const { turns, restSeconds } = await nextTurns(wiring.database, slots);
  let missed: Turn | undefined;
  for (const [index, turn] of turns.entries()) {
    const outcome = await advance(systemContext(wiring, turn.tenantId), turn.documentId, {
      slots,
      restSeconds,
    });
    if (outcome.state === "idle") missed ??= turn;
    if (outcome.state === "full") await leaveForLater(wiring, turn, outcome.job);
    if (outcome.state === "idle" || outcome.state === "full") continue;
    const goesOn = await conclude(wiring, turn, outcome);
    // Whoever found no room while this tenant was at its limit has gone without leaving a message.
    const next = goesOn ?? turns[index + 1] ?? (await nextTurns(wiring.database, slots)).turns[0];
    if (next) await send(wiring, next);
    return { ...ids(turn), state: outcome.state };
  }
  // Others were quicker each time: there is more to do than this one saw.
  if (missed) await send(wiring, missed, 1);
  return { state: "idle" };
}

/** Another isolate may have room at once, and this one before long. That isn't the document's fault: no try is counted. */
async function leaveForLater(wiring: Wiring, turn: Turn, job: IngestJob): Promise<void> {
  await releaseWork(systemContext(wiring, turn.tenantId), job, FULL_DELAY_SECONDS);
  await send(wiring, turn, FULL_DELAY_SECONDS + 1);
}

/** Gives the work back if there is some left; the turn to take next, where it is this one's. */
async function conclude(
  wiring: Wiring,
  turn: Turn,
  outcome: Exclude<Outcome, { state: "full" }>,
): Promise<Turn | null> {
  const ctx = systemContext(wiring, turn.tenantId);
  if (outcome.state === "more") {
    await releaseWork(ctx, outcome.job);
    return turn;
  }
  if (outcome.state === "idle" || outcome.state === "settled") return null;
  const { job } = outcome;
  let reason = "upstream_unavailable";
  if (outcome.state === "retry") {
    reason = outcome.reason;
    logEvent("ingest.retry", { ...ids(turn), reason, attempts: job.attempts, ...errorFacts(outcome.error) });
  }
  const waitSeconds = retryWait(job, outcome.state === "rest" ? outcome.seconds : outcome.retryAfterSeconds);
  await postponeWork(ctx, job, { waitSeconds, reason });
  const ended = await giveUpStuck(ctx, [job.document_id]);
  if (!ended.has(job.document_id)) await send(wiring, turn, Math.ceil(waitSeconds) + 1);
  return null;
}

async function send({ services }: Wiring, turn: Turn, delaySeconds = 0): Promise<void> {
  await services.ingestQueue.send(
    { v: 1, tenant_id: turn.tenantId, document_id: turn.documentId },
    { delaySeconds },
  );
}

/**
 * What the queue gave up on. The document that such a message names is ended if its work got nowhere for too long, as the
 * sweep would; otherwise it is left to the sweep, which sends it again.
 */
export async function consumeDeadLetters(batch: MessageBatch, wiring: Wiring): Promise<void> {
  for (const message of batch.messages) {
    const parsed = IngestMessage.safeParse(message.body);
    try {
      const ended = parsed.success ? await endDeadLetter(wiring, parsed.data) : false;
      logEvent("ingest.dead_letter", { message_id: message.id, ...(parsed.data ?? {}), ended });
      message.ack();
    } catch (error) {
      logEvent("ingest.dead_letter_failed", { message_id: message.id, ...errorFacts(error) });
      message.retry({ delaySeconds: MAX_DELAY_SECONDS });
    }
  }
}

async function endDeadLetter(wiring: Wiring, { tenant_id, document_id }: IngestMessage): Promise<boolean> {
  return (await giveUpStuck(systemContext(wiring, tenant_id), [document_id])).has(document_id);
}

function ids(turn: Turn) {
  return { tenant_id: turn.tenantId, document_id: turn.documentId };
}
