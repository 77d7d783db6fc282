import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { sweepDatabase } from "../db/client.ts";
import { ingestJobs } from "../db/schema/ingest-jobs.ts";
import type { Wiring } from "../wiring.ts";
import { LEASE_SECONDS } from "./lease.ts";
import { failDocument } from "./stages/fail.ts";
import { loadWork } from "./stages/load.ts";

/** Jobs looked at by one sweep; the next minute's takes the rest. */
const JOBS_PER_SWEEP = 500;
/** Sweeps in a row that found no progress before a document is given up: about ten minutes. */
const MAX_STALLS = 6;
/** Messages in one `sendBatch`; the platform's limit. */
const MESSAGES_PER_SEND = 100;

/** Sends every overdue job to the queue again, and ends those that have made no progress for too long. */
export async function sweepJobs(wiring: Wiring): Promise<void> {
  const [due] = await sweepDatabase(wiring.database).transaction((q) => [
    q
      .select({
        tenantId: ingestJobs.tenant_id,
        documentId: ingestJobs.document_id,
        kind: ingestJobs.kind,
        stalls: ingestJobs.stalls,
      })
      .from(ingestJobs)
      .where(lte(ingestJobs.due_at, sql`now()`))
      .orderBy(ingestJobs.due_at)
      .limit(JOBS_PER_SWEEP),
  ]);
  for (const [tenantId, jobs] of Map.groupBy(due, (job) => job.tenantId)) {
    const ctx = wiring.forTenant({
      tenantId,
      actor: { kind: "system" },
      requestId: crypto.randomUUID(),
      background: (work) => void work.catch(() => {}),
    });
    const stalled = jobs.filter((job) => job.kind === "ingest" && job.stalls >= MAX_STALLS);
    for (const { documentId } of stalled) {
      const work = await loadWork(ctx, documentId);
      if (work) await failDocument(ctx, work.document, "stalled");
    }
    const alive = jobs.filter((job) => !stalled.includes(job)).map((job) => job.documentId);
    if (alive.length === 0) continue;
    await ctx.db.transaction((q) => [
      q
        .update(ingestJobs)
        .set({
          stalls: sql`${ingestJobs.stalls} + 1`,
          due_at: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
        })
        .where(and(inArray(ingestJobs.document_id, alive), eq(ingestJobs.tenant_id, tenantId))),
    ]);
    const messages = alive.map((id) => ({ body: { v: 1 as const, tenant_id: tenantId, document_id: id } }));
    for (let start = 0; start < messages.length; start += MESSAGES_PER_SEND) {
      await wiring.services.ingestQueue.sendBatch(messages.slice(start, start + MESSAGES_PER_SEND));
    }
  }
}
