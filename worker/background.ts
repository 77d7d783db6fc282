import { queueOf } from "./env.ts";
import { consumeDeadLetters, consumeIngest } from "./ingest/consumer.ts";
import { sweepDeletions } from "./ingest/deletion/sweep.ts";
import { consumeImports } from "./ingest/imports/consumer.ts";
import { sweepImports } from "./ingest/imports/sweep.ts";
import { sweepOrphans } from "./ingest/orphans/sweep.ts";
import { sweepJobs } from "./ingest/sweep.ts";
import { errorFacts, logEvent } from "./log.ts";
import { releaseForgotten } from "./services/usage/release-forgotten.ts";
import type { Wiring } from "./wiring.ts";

const CONSUMERS = { ingest: consumeIngest, import: consumeImports, "ingest-dead": consumeDeadLetters };

/** Works through a batch of whichever queue it came from. */
export async function consume(batch: MessageBatch, wiring: Wiring): Promise<void> {
  await CONSUMERS[queueOf(batch.queue)](batch, wiring);
}

/**
 * What is done every minute: work that is overdue is sent again or ended, forgotten reservations are given back,
 * forgotten files removed.
 */
export async function sweep(wiring: Wiring): Promise<void> {
  const ended = await Promise.allSettled([
    sweepJobs(wiring),
    sweepDeletions(wiring),
    sweepImports(wiring),
    sweepOrphans(wiring),
    releaseForgotten(wiring.database, logForgotten),
  ]);
  // Only then: what is thrown ends the invocation, and with it the sweeps that are under way.
  const failed = ended.find((sweep) => sweep.status === "rejected");
  if (failed) throw failed.reason;
}

function logForgotten(tenantId: string, error: unknown): void {
  logEvent("usage.release_failed", { tenant_id: tenantId, ...errorFacts(error) });
}
