import { and, eq, inArray, lte, sql } from "drizzle-orm";
import type { TenantContext } from "../context.ts";
import { sweepDatabase } from "../db/client.ts";
import { documents } from "../db/schema/documents.ts";
import { ingestJobs } from "../db/schema/ingest-jobs.ts";
import { enqueue } from "../services/documents/enqueue.ts";
import { isFailureReason } from "../services/documents/failure.ts";
import type { Wiring } from "../wiring.ts";
import { LEASE_SECONDS } from "./lease.ts";
import { failDocument } from "./stages/fail.ts";
import { type IngestJob, readWork } from "./stages/load.ts";
import { systemContext } from "./system-context.ts";

/** Jobs looked at by one sweep; the next minute's takes the rest. */
const JOBS_PER_SWEEP = 500;
/**
 * Sweeps in a row that found begun work without progress before it is given up. Three leases where consumers die, about
 * eight minutes; with the queue's own retries between them, where an upstream is down, about fourteen.
 */
const MAX_STALLS = 2;

/** Sends every overdue job to the queue again, and fails the documents whose ingestion made no progress for too long. */
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
      // Thousands of documents that move to another vector store are in nobody's way.
      .orderBy(sql`${ingestJobs.kind} = 'index'`, ingestJobs.due_at)
      .limit(JOBS_PER_SWEEP),
  ]);
  for (const [tenantId, jobs] of Map.groupBy(due, (job) => job.tenantId)) {
    // One tenant's trouble is not the others'.
    await sweepTenant(systemContext(wiring, tenantId), jobs).catch((error: unknown) => {
      console.error(
        JSON.stringify({ event: "ingest.sweep_failed", tenant_id: tenantId, error: String(error) }),
      );
    });
  }
}

async function sweepTenant(
  ctx: TenantContext,
  jobs: Array<{ documentId: string; kind: IngestJob["kind"]; stalls: number }>,
): Promise<void> {
  const overdue = jobs.map((job) => job.documentId);
  await postpone(ctx, overdue);
  // A purge has to end, and a ready document is never failed for vectors that don't reach a store: giving that up would
  // leave a hole in what is found that nobody sees, trying again heals by itself when the store or the model is back.
  const stalled = jobs.filter((job) => job.kind === "ingest" && job.stalls >= MAX_STALLS);
  for (const { documentId } of stalled) {
    const work = await readWork(ctx, documentId);
    const reason = work?.job.last_reason ?? "stalled";
    if (work) await failDocument(ctx, work.document, isFailureReason(reason) ? reason : "stalled");
  }
  const alive = jobs.filter((job) => !stalled.includes(job));
  await enqueue(
    ctx,
    alive.map((job) => job.documentId),
  );
}

/** Moves due dates on first, so that a job which can't be handled doesn't block those behind it. */
async function postpone(ctx: TenantContext, documentIds: string[]): Promise<void> {
  // A document that only waits for its turn has not stalled, however long the queue is. An overdue claim is one whose
  // consumer died at it, perhaps before it could write anything.
  const begun = sql`${ingestJobs.last_reason} is not null or ${ingestJobs.claimed_until} is not null or exists (
    select 1 from ${documents} where ${documents.id} = ${ingestJobs.document_id}
      and ${documents.status} = 'processing')`;
  await ctx.db.transaction((q) => [
    q
      .update(ingestJobs)
      .set({
        stalls: sql`${ingestJobs.stalls} + case when ${begun} then 1 else 0 end`,
        due_at: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
      })
      .where(and(inArray(ingestJobs.document_id, documentIds), eq(ingestJobs.tenant_id, ctx.tenantId))),
  ]);
}
