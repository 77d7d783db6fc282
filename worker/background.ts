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
 * forgotten files removed. One that fails holds up none of the others; once all have ended, the first failure is thrown.
 */
export async function sweep(wiring: Wiring): Promise<void> {
  const sweeps = {
    jobs: sweepJobs(wiring),
    deletions: sweepDeletions(wiring),
    imports: sweepImports(wiring),
    orphans: sweepOrphans(wiring),
    reservations: releaseForgotten(wiring.database, logForgotten),
  };
  const ends = await Promise.allSettled(Object.values(sweeps));
  const failures = Object.keys(sweeps).flatMap((name, index) => {
    const end = ends[index];
    return end?.status === "rejected" ? [{ name, error: end.reason as unknown }] : [];
  });
  for (const { name, error } of failures) logEvent("sweep.failed", { sweep: name, ...errorFacts(error) });
  if (failures[0]) throw failures[0].error;
}

function logForgotten(tenantId: string, error: unknown): void {
  logEvent("usage.release_failed", { tenant_id: tenantId, ...errorFacts(error) });
}
