import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import { LEASE_SECONDS } from "../lease.ts";

export type IngestDocument = typeof documents.$inferSelect;
export type IngestJob = typeof ingestJobs.$inferSelect;

/**
 * Work that may never be given up is asked for ever more rarely while it makes no progress: a lease at first, 80 minutes
 * at last.
 */
const patience = sql`case when ${ingestJobs.kind} = 'index' then power(2, least(${ingestJobs.stalls}, 5)) else 1 end`;

/**
 * Claims what is left to do for a document. Null when nothing is, or when another consumer is at it: the message
 * came late or twice.
 */
export async function claimWork(
  ctx: TenantContext,
  documentId: string,
): Promise<{ job: IngestJob; document: IngestDocument } | null> {
  const ofDocument = eq(ingestJobs.document_id, documentId);
  const unclaimed = or(isNull(ingestJobs.claimed_until), lt(ingestJobs.claimed_until, sql`now()`));
  const lease = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
  const due = sql`now() + make_interval(secs => ${LEASE_SECONDS} * ${patience})`;
  const [[job], [document]] = await ctx.db.transaction((q) => [
    q
      .update(ingestJobs)
      .set({ claimed_until: lease, due_at: due })
      .where(and(ofDocument, unclaimed))
      .returning(),
    q.select().from(documents).where(eq(documents.id, documentId)),
  ]);
  return job && document?.version === job.version ? { job, document } : null;
}

/** Lets the next message have the work, not before `delaySeconds` if the sweep has to send it. */
export async function releaseWork(
  ctx: TenantContext,
  documentId: string,
  next: { delaySeconds: number; reason: string | null },
): Promise<void> {
  await ctx.db.transaction((q) => [
    q
      .update(ingestJobs)
      .set({
        claimed_until: null,
        due_at: sql`now() + make_interval(secs => ${next.delaySeconds} + ${LEASE_SECONDS} * ${patience})`,
        last_reason: next.reason,
      })
      .where(eq(ingestJobs.document_id, documentId)),
  ]);
}

/** A job and its document as they are, claimed or not. */
export async function readWork(
  ctx: TenantContext,
  documentId: string,
): Promise<{ job: IngestJob; document: IngestDocument } | null> {
  const [[found]] = await ctx.db.transaction((q) => [
    q
      .select({ job: ingestJobs, document: documents })
      .from(ingestJobs)
      .innerJoin(
        documents,
        and(eq(documents.id, ingestJobs.document_id), eq(documents.version, ingestJobs.version)),
      )
      .where(eq(ingestJobs.document_id, documentId)),
  ]);
  return found ?? null;
}
