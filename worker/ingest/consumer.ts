import { failureReason } from "../services/documents/failure.ts";
import type { Wiring } from "../wiring.ts";
import { advanceDeletion } from "./deletion/advance.ts";
import { DeletionMessage, IngestMessage } from "./message.ts";
import { advance } from "./pipeline.ts";
import { releaseWork } from "./stages/load.ts";
import { systemContext } from "./system-context.ts";

/** Seconds before the first retry; each further one waits twice as long, up to the maximum. */
const FIRST_RETRY_SECONDS = 2;
const MAX_RETRY_SECONDS = 60;

/** Works through a batch. Every message ends on its own: acked, or scheduled again with a delay. */
export async function consumeIngest(batch: MessageBatch, wiring: Wiring): Promise<void> {
  for (const message of batch.messages) {
    const deletion = DeletionMessage.safeParse(message.body);
    if (deletion.success) {
      await consumeDeletion(message, deletion.data, wiring);
      continue;
    }
    const parsed = IngestMessage.safeParse(message.body);
    if (parsed.success) {
      await consumeMessage(message, parsed.data, wiring);
      continue;
    }
    console.error(JSON.stringify({ event: "ingest.unreadable_message", message_id: message.id }));
    message.ack();
  }
}

async function consumeMessage(message: Message, body: IngestMessage, wiring: Wiring): Promise<void> {
  const ctx = systemContext(wiring, body.tenant_id);
  const delaySeconds = Math.min(MAX_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1));
  try {
    const outcome = await advance(ctx, body.document_id);
    if (outcome.state === "settled") return message.ack();
    if (outcome.state === "more") {
      await releaseWork(ctx, body.document_id, { delaySeconds: 0, reason: null });
      await wiring.services.ingestQueue.send(body);
      return message.ack();
    }
    logFailure(body, outcome.reason, outcome.error);
    const wait = outcome.retryAfterSeconds ?? delaySeconds;
    await releaseWork(ctx, body.document_id, { delaySeconds: wait, reason: outcome.reason });
    message.retry({ delaySeconds: wait });
  } catch (error) {
    logFailure(body, failureReason(error), error);
    message.retry({ delaySeconds });
  }
}

async function consumeDeletion(message: Message, body: DeletionMessage, wiring: Wiring): Promise<void> {
  const ctx = systemContext(wiring, body.tenant_id);
  try {
    await advanceDeletion(ctx, body.deletion_id);
    message.ack();
  } catch (error) {
    console.error(
      JSON.stringify({ event: "deletion.failure", deletion_id: body.deletion_id, error: String(error) }),
    );
    message.retry({ delaySeconds: MAX_RETRY_SECONDS });
  }
}

/**
 * What the queue gave up on is not lost: its job is still on record. The sweep sends it again until it has made no
 * progress for too long, and then ends an ingestion with the reason of its last attempt.
 */
export function consumeDeadLetters(batch: MessageBatch): void {
  for (const message of batch.messages) {
    console.error(JSON.stringify({ event: "ingest.dead_letter", message: message.body }));
    message.ack();
  }
}

function logFailure(body: IngestMessage, reason: string, error: unknown): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.error(
    JSON.stringify({ event: "ingest.failure", document_id: body.document_id, reason, error: text }),
  );
}
