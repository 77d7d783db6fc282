import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { FIRST_LEASE_SECONDS } from "./enqueue.ts";

/**
 * The first two statements of whatever changes which version of a document is written or read: its job, then its row, as
 * consumers lock them. A document without a job gets one that finds nothing to do; end with `closeJob`.
 */
export function lockDocument(q: Database, id: string) {
  return [
    q.execute(sql`
      insert into ingest_jobs as job (document_id, tenant_id, version, kind, due_at)
      select id, tenant_id, version, 'tidy', now() + make_interval(secs => ${FIRST_LEASE_SECONDS}::int)
      from documents where id = ${id}::uuid and status <> 'deleting'
      on conflict (document_id) do update set due_at = job.due_at`),
    q.execute(sql`select 1 from documents where id = ${id}::uuid and status <> 'deleting' for update`),
  ] as const;
}
