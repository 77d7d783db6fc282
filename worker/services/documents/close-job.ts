import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { FIRST_LEASE_SECONDS } from "./enqueue.ts";
import { KEPT_UPDATE } from "./kept-update.ts";

/** A vector of the version that is read isn't where the deployment looks for it. */
const UNPLACED = sql`exists (
  select 1 from chunks c
  where c.document_id = documents.id and c.version = documents.published_version and not c.indexed)`;

/**
 * What versions left behind: of failed and retired ones all but what citations need, of one that is kept, to be restored or
 * retried, its vectors outside Postgres. The version that the document's row shows is never among them.
 */
const LEFTOVERS = sql`exists (
  select 1 from document_versions v
  where v.document_id = documents.id and v.version <> documents.version and (
    (v.state in ('failed', 'retired') and v.cleared_at is null and not ${KEPT_UPDATE})
    or (((v.state = 'complete' and v.version <> documents.published_version) or ${KEPT_UPDATE}) and exists (
      select 1 from chunks c where c.document_id = v.document_id and c.version = v.version and c.indexed))))`;

/**
 * The last two statements of work that ends: the job becomes the next one's, whose row the first of them gives, or is
 * gone when nothing is left to do. Only if `when` holds of the document.
 */
export function closeJob(q: Database, id: string, when: SQL = sql`true`) {
  const which = sql`documents.id = ${id}::uuid and job.document_id = documents.id and job.kind <> 'purge' and ${when}`;
  return [
    q.execute(sql`
      update ingest_jobs job
      set kind = case when ${UNPLACED} then 'index' else 'tidy' end, version = documents.version, claimed_until = null,
        last_reason = null, attempts = 0, progress = null, stuck_since = null, ready_at = now(),
        due_at = now() + make_interval(secs => ${FIRST_LEASE_SECONDS}::int)
      from documents where ${which} and (${UNPLACED} or ${LEFTOVERS})
      returning job.document_id`),
    q.execute(sql`
      delete from ingest_jobs job using documents where ${which} and not (${UNPLACED} or ${LEFTOVERS})`),
  ] as const;
}
