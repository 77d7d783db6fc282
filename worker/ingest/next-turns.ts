import { sql } from "drizzle-orm";
import { type Database, sweepDatabase } from "../db/client.ts";
import type { IngestJob } from "./stages/load.ts";

/** Work that may be taken up now. */
export type Turn = { tenantId: string; documentId: string };

/** How often each kind of work is drawn, beside the others; a kind that isn't here would wait for ever. */
const WEIGHTS: Record<IngestJob["kind"], number> = { ingest: 4, purge: 4, tidy: 2, index: 1 };

/** Turns named at once: the first is taken, the others are for when it was taken by somebody else meanwhile. */
const TURNS = 6;

/**
 * Whose turn it is, best first: of the tenants with the least work in flight one by lot, and of its work the oldest. Moving
 * documents to another vector store is drawn more rarely than reading and removing them. No tenant is named that has
 * `slots` claims. `restSeconds`: how long upstreams that are asked too much still want to be left alone; 0 mostly.
 *
 * One round trip. It reads an entry a tenant and kind, and one each job that waits between two tries, of the index
 * `ingest_jobs_turn`.
 */
export async function nextTurns(
  database: Database,
  slots: number,
): Promise<{ turns: Turn[]; restSeconds: number }> {
  const weights = Object.entries(WEIGHTS).map(([kind, weight]) => sql`(${kind}, ${weight}::int)`);
  const [found, rest] = await sweepDatabase(database).transaction((q) => [
    q.execute<{ tenant_id: string; document_id: string }>(sql`
      with recursive tenant (id) as (
        (select tenant_id from ingest_jobs order by tenant_id limit 1)
        union all
        select (select tenant_id from ingest_jobs where tenant_id > tenant.id order by tenant_id limit 1)
        from tenant where tenant.id is not null
      ), busy (id, claims) as (
        select tenant_id, count(*) from ingest_jobs where claimed_until > now() group by tenant_id
      ), share (tenant_id, kind, claims, lot) as materialized (
        select tenant.id, kinds.kind, coalesce(busy.claims, 0), -ln(1 - random()) / kinds.weight
        from tenant left join busy using (id)
        cross join (values ${sql.join(weights, sql`, `)}) as kinds (kind, weight)
        where tenant.id is not null and coalesce(busy.claims, 0) < ${slots}
      )
      select share.tenant_id, waiting.document_id
      from share cross join lateral (
        select job.document_id, job.created_at from ingest_jobs job
        where job.tenant_id = share.tenant_id and job.kind = share.kind and job.claimed_until is null
          and job.ready_at <= now()
        order by job.created_at limit ${TURNS}
      ) waiting
      order by share.claims, share.lot, waiting.created_at
      limit ${TURNS}`),
    q.execute<{ seconds: number }>(sql`
      select coalesce(extract(epoch from max(ready_at) - now()), 0)::float as seconds from ingest_jobs
      where last_reason = 'upstream_busy' and ready_at > now()`),
  ]);
  return {
    turns: found.rows.map((row) => ({ tenantId: row.tenant_id, documentId: row.document_id })),
    restSeconds: rest.rows[0]?.seconds ?? 0,
  };
}
