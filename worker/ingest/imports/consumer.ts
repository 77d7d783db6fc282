import { errorFacts, logDone, logEvent } from "../../log.ts";
import { importReason } from "../../services/imports/failure.ts";
import { wakeImport } from "../../services/imports/wake.ts";
import type { Wiring } from "../../wiring.ts";
import { systemContext } from "../system-context.ts";
import { advanceImport } from "./advance.ts";
import { releaseImport } from "./load.ts";
import { ImportMessage } from "./message.ts";

/** Seconds before the first retry; each further one waits twice as long, up to the maximum. */
const FIRST_RETRY_SECONDS = 2;
const MAX_RETRY_SECONDS = 60;

/** Works through a batch of the imports' queue. Every message ends on its own: acked, or scheduled again with a delay. */
export async function consumeImports(batch: MessageBatch, wiring: Wiring): Promise<void> {
  for (const message of batch.messages) {
    const parsed = ImportMessage.safeParse(message.body);
    if (parsed.success) {
      await consumeMessage(message, parsed.data, wiring);
      continue;
    }
    logEvent("import.unreadable_message", { message_id: message.id });
    message.ack();
  }
}

async function consumeMessage(message: Message, body: ImportMessage, wiring: Wiring): Promise<void> {
  const { tenant_id: tenantId, import_id: importId } = body;
  const ctx = systemContext(wiring, tenantId);
  const backoff = Math.min(MAX_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (message.attempts - 1));
  const began = Date.now();
  try {
    const outcome = await advanceImport(ctx, importId);
    logDone("import.message", { ...body, state: outcome.state, ms: Date.now() - began });
    if (outcome.state === "settled") return message.ack();
    if (outcome.state !== "retry") {
      await releaseImport(ctx, importId, { delaySeconds: outcome.delaySeconds, reason: null });
      if (outcome.state === "more") await wakeImport(ctx, importId, outcome.delaySeconds);
      return message.ack();
    }
    logEvent("import.retry", { ...body, reason: outcome.reason, ...errorFacts(outcome.error) });
    await releaseImport(ctx, importId, { delaySeconds: backoff, reason: outcome.reason });
    message.retry({ delaySeconds: backoff });
  } catch (error) {
    logEvent("import.failure", { ...body, reason: importReason(error), ...errorFacts(error) });
    message.retry({ delaySeconds: backoff });
  }
}
