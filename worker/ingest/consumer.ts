import { failureReason } from "../services/documents/failure.ts";
import type { Wiring } from "../wiring.ts";
import { IngestMessage } from "./message.ts";
import { advance } from "./pipeline.ts";
import { failDocument } from "./stages/fail.ts";
import { loadWork } from "./stages/load.ts";

/** Seconds before the first retry; each further one waits twice as long, up to the maximum. */
const FIRST_RETRY_SECONDS = 2;
const MAX_RETRY_SECONDS = 60;

/** Works through a batch. Every message ends on its own: acked, or scheduled again with a delay. */
export async function consumeIngest(batch: MessageBatch, wiring: Wiring): Promise<void> {
  for (const message of batch.messages) {
    const parsed = IngestMessage.safeParse(message.body);
    if (!parsed.success) {
      console.error(JSON.stringify({ event: "ingest.unreadable_message", message_id: message.id }));
      message.ack();
      continue;
    }
    await consumeMessage(message, parsed.data, wiring);
  }
}

async function consumeMessage(message: Message, body: IngestMessage, wiring: Wiring): Promise<void> {
  try {
    const outcome = await advance(systemContext(wiring, body, message.id), body.document_id);
    if (outcome.state === "retry") {
      logFailure(body, outcome.reason, outcome.error);
      message.retry({ delaySeconds: outcome.retryAfterSeconds ?? retryDelay(message.attempts) });
      return;
    }
    if (outcome.state === "more") await wiring.services.ingestQueue.send(body);
    message.ack();
  } catch (error) {
    logFailure(body, failureReason(error), error);
    message.retry({ delaySeconds: retryDelay(message.attempts) });
  }
}

/** Ends what the queue gave up on: the document is marked failed with the reason that fits best. */
export async function consumeDeadLetters(batch: MessageBatch, wiring: Wiring): Promise<void> {
  for (const message of batch.messages) {
    const parsed = IngestMessage.safeParse(message.body);
    if (!parsed.success) {
      message.ack();
      continue;
    }
    const ctx = systemContext(wiring, parsed.data, message.id);
    try {
      const work = await loadWork(ctx, parsed.data.document_id);
      // A purge is never given up: the sweep sends it again until nothing is left.
      if (work?.job.kind === "ingest") await failDocument(ctx, work.document, "upstream_unavailable");
      message.ack();
    } catch (error) {
      logFailure(parsed.data, failureReason(error), error);
      message.retry({ delaySeconds: retryDelay(message.attempts) });
    }
  }
}

function systemContext(wiring: Wiring, body: IngestMessage, messageId: string) {
  return wiring.forTenant({
    tenantId: body.tenant_id,
    actor: { kind: "system" },
    requestId: messageId,
    // A queue consumer is alive for as long as it awaits; nothing is left to run after it.
    background: (work) => void work.catch(() => {}),
  });
}

function retryDelay(attempts: number): number {
  return Math.min(MAX_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (attempts - 1));
}

function logFailure(body: IngestMessage, reason: string, error: unknown): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.error(
    JSON.stringify({ event: "ingest.failure", document_id: body.document_id, reason, error: text }),
  );
}
