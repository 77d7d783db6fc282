import { and, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import { GIVE_UP_SECONDS, LEASE_SECONDS } from "../lease.ts";

export type IngestDocument = typeof documents.$inferSelect;
export type IngestJob = typeof ingestJobs.$inferSelect;

/** A job that was claimed and its document. */
export type Work = { job: IngestJob; document: IngestDocument };

/** How far a job's document is. Two tries that find the same got nowhere in between. */
export const progressNow: SQL = sql`(
  select format('%s/%s/%s/%s', ${documents.version}, ${documents.pages_done}, ${documents.chunks_total},
    ${documents.chunks_done})
  from ${documents} where ${documents.id} = ${ingestJobs.document_id})`;

/** No consumer is at it, or the one that was is dead. */
export const unclaimed = or(isNull(ingestJobs.claimed_until), lt(ingestJobs.claimed_until, sql`now()`));

const moved = sql`${ingestJobs.progress} is distinct from ${progressNow}`;

/**
 * Claims what is left to do for a document. Null when nothing is, when another consumer is at it, when its wait isn't over,
 * or when the tenant has `slots` claims already: the message came late or twice, or others were quicker.
 */
export async function claimWork(
  ctx: TenantContext,
  documentId: string,
  slots: number = Number.MAX_SAFE_INTEGER,
): Promise<Work | null> {
  const lease = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;
  const claims = sql`(select count(*) from ${ingestJobs} as other
    where other.tenant_id = ${ctx.tenantId} and other.claimed_until > now())`;
  const [, [job], [document]] = await ctx.db.transaction((q) => [
    // One claim of a tenant after the other: each counts those before it.
    q.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`claim:${ctx.tenantId}`}, 0))`),
    q
      .update(ingestJobs)
      .set({
        claimed_until: lease,
        due_at: lease,
        attempts: sql`case when ${moved} then 1 else ${ingestJobs.attempts} + 1 end`,
        stuck_since: sql`case when ${moved} then now() else ${ingestJobs.stuck_since} end`,
        progress: progressNow,
      })
      .where(
        and(
          eq(ingestJobs.document_id, documentId),
          unclaimed,
          sql`${ingestJobs.ready_at} <= now()`,
          sql`${claims} < ${slots}`,
        ),
      )
      .returning(),
    q.select().from(documents).where(eq(documents.id, documentId)),
  ]);
  return job && document?.version === job.version ? { job, document } : null;
}

/**
 * Gives claimed work back that nothing is wrong with: it goes on whenever its turn comes, after `waitSeconds` at the
 * soonest.
 */
export async function releaseWork(ctx: TenantContext, job: IngestJob, waitSeconds = 0): Promise<void> {
  await ctx.db.transaction((q) => [
    q
      .update(ingestJobs)
      .set({
        claimed_until: null,
        ready_at: sql`now() + make_interval(secs => ${waitSeconds})`,
        due_at: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
        last_reason: null,
        progress: null,
        stuck_since: null,
        attempts: 0,
      })
      .where(sameWork(job)),
  ]);
}

/** Gives claimed work back after a try that failed: nobody takes it up for `waitSeconds`. */
export async function postponeWork(
  ctx: TenantContext,
  job: IngestJob,
  next: { waitSeconds: number; reason: string },
): Promise<void> {
  const ready = sql`now() + make_interval(secs => ${next.waitSeconds})`;
  const stuckSince = sql`case when ${moved} then now() else ${ingestJobs.stuck_since} end`;
  const lastTry = sql`case when ${ingestJobs.kind} = 'ingest'
    then ${stuckSince} + make_interval(secs => ${GIVE_UP_SECONDS}) end`;
  await ctx.db.transaction((q) => [
    q
      .update(ingestJobs)
      .set({
        claimed_until: null,
        ready_at: ready,
        due_at: sql`least(${ready} + make_interval(secs => ${LEASE_SECONDS}), ${lastTry})`,
        last_reason: next.reason,
        attempts: sql`case when ${moved} then 1 else ${ingestJobs.attempts} end`,
        stuck_since: stuckSince,
        progress: progressNow,
      })
      .where(sameWork(job)),
  ]);
}

/** The job as it was claimed: a document may have been deleted or replaced since, which is other work. */
function sameWork(job: IngestJob): SQL | undefined {
  return and(
    eq(ingestJobs.document_id, job.document_id),
    eq(ingestJobs.version, job.version),
    eq(ingestJobs.kind, job.kind),
  );
}

/** A job and its document as they are, claimed or not. */
export async function readWork(ctx: TenantContext, documentId: string): Promise<Work | null> {
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
