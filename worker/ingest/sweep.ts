import { and, eq, inArray, lte, sql } from "drizzle-orm";
import type { TenantContext } from "../context.ts";
import { sweepDatabase } from "../db/client.ts";
import { ingestJobs } from "../db/schema/ingest-jobs.ts";
import { errorFacts, logEvent } from "../log.ts";
import { enqueue } from "../services/documents/enqueue.ts";
import type { Wiring } from "../wiring.ts";
import { giveUpStuck } from "./give-up.ts";
import { LEASE_SECONDS } from "./lease.ts";
import { systemContext } from "./system-context.ts";

/** Jobs looked at by one sweep; the next minute's takes the rest. */
const JOBS_PER_SWEEP = 500;
/** Messages that one sweep sends for a tenant: each that finds more to do sends another. */
const MESSAGES_PER_TENANT = 50;

/** Sends for overdue work again, and ends the documents whose ingestion got nowhere for too long. */
export async function sweepJobs(wiring: Wiring): Promise<void> {
  const [due] = await sweepDatabase(wiring.database).transaction((q) => [
    q
      .select({ tenantId: ingestJobs.tenant_id, documentId: ingestJobs.document_id })
      .from(ingestJobs)
      .where(lte(ingestJobs.due_at, sql`now()`))
      // Thousands that wait for their turn or move to another vector store don't hide the few that have to end.
      .orderBy(sql`${ingestJobs.kind} = 'index'`, sql`${ingestJobs.stuck_since} is null`, ingestJobs.due_at)
      .limit(JOBS_PER_SWEEP),
  ]);
  for (const [tenantId, jobs] of Map.groupBy(due, (job) => job.tenantId)) {
    const overdue = jobs.map(({ documentId }) => documentId);
    // One tenant's trouble is not the others'.
    await sweepTenant(systemContext(wiring, tenantId), overdue).catch((error: unknown) => {
      logEvent("ingest.sweep_failed", { tenant_id: tenantId, ...errorFacts(error) });
    });
  }
}

async function sweepTenant(ctx: TenantContext, overdue: string[]): Promise<void> {
  const ready = await takeBack(ctx, overdue);
  const ended = await giveUpStuck(ctx, overdue);
  const alive = ready.filter((id) => !ended.has(id));
  await enqueue(ctx, alive.slice(0, MESSAGES_PER_TENANT));
}

/**
 * Frees what dead consumers hold, and moves due dates on, so that a job which can't be handled doesn't block those behind
 * it. What may never be given up is left alone for ever longer, from a lease to 80 minutes. Gives those that can be taken
 * up now.
 */
async function takeBack(ctx: TenantContext, documentIds: string[]): Promise<string[]> {
  const abandoned = sql`${ingestJobs.kind} <> 'ingest' and ${ingestJobs.claimed_until} < now()`;
  const patience = sql`least(4800, ${LEASE_SECONDS} * power(2, least(${ingestJobs.attempts}, 6) - 1))`;
  const ready = sql`case when ${abandoned} then now() + make_interval(secs => ${patience}) else ${ingestJobs.ready_at} end`;
  const [jobs] = await ctx.db.transaction((q) => [
    q
      .update(ingestJobs)
      .set({
        claimed_until: sql`case when ${ingestJobs.claimed_until} > now() then ${ingestJobs.claimed_until} end`,
        ready_at: ready,
        due_at: sql`greatest(${ready}, now()) + make_interval(secs => ${LEASE_SECONDS})`,
      })
      .where(and(inArray(ingestJobs.document_id, documentIds), eq(ingestJobs.tenant_id, ctx.tenantId)))
      .returning({
        id: ingestJobs.document_id,
        ready: sql<boolean>`${ingestJobs.ready_at} <= now() and ${ingestJobs.claimed_until} is null`,
      }),
  ]);
  return jobs.filter(({ ready }) => ready).map(({ id }) => id);
}
