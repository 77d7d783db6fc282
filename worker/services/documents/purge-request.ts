import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import { actorName } from "../audit/entry.ts";
import type { Requester } from "../deletions/request.ts";
import { FIRST_LEASE_SECONDS } from "./enqueue.ts";

/**
 * The statement that locks the jobs of these documents. It comes before whatever locks the documents themselves, and
 * keeps the leases that `recordReceipts` reads from moving.
 */
export function lockJobs(q: Database, which: SQL | undefined) {
  return q.execute(sql`
    select 1 from ${ingestJobs} where document_id in (select ${documents.id} from ${documents} where ${which})
    order by document_id for update`);
}

/**
 * The statement that writes the receipts of these documents' deletion. Until the lease of whoever works on one is over,
 * a vector may still arrive.
 *
 * @param parentId the deletion they are part of, itself SQL where only Postgres knows it
 */
export function recordReceipts(
  q: Database,
  { actor }: Requester,
  which: SQL | undefined,
  parentId: string | SQL | null = null,
) {
  return q
    .insert(deletionReceipts)
    .select(
      sql`select gen_random_uuid(), ${documents.tenant_id}, 'document', ${documents.id}, ${parentId}::uuid, null::jsonb,
        null::jsonb, ${actor.kind}::text, ${actorName(actor)}::text, now(), greatest(now(), ${ingestJobs.claimed_until}),
        null::timestamptz, null::timestamptz, null::timestamptz
        from ${documents} left join ${ingestJobs} on ${ingestJobs.document_id} = ${documents.id} where ${which}`,
    )
    .onConflictDoNothing()
    .returning();
}

/** Turns whatever was left to do for these documents into their removal. */
export function recordPurges(q: Database, which: SQL | undefined) {
  return q
    .insert(ingestJobs)
    .select(
      q
        .select({
          document_id: documents.id,
          tenant_id: documents.tenant_id,
          version: documents.version,
          kind: sql<"purge">`'purge'`.as("kind"),
          claimed_until: sql<null>`null::timestamptz`.as("claimed_until"),
          last_reason: sql<null>`null::text`.as("last_reason"),
          progress: sql<null>`null::text`.as("progress"),
          stuck_since: sql<null>`null::timestamptz`.as("stuck_since"),
          attempts: sql<number>`0`.as("attempts"),
          ready_at: sql<Date>`now()`.as("ready_at"),
          due_at: sql<Date>`now() + make_interval(secs => ${FIRST_LEASE_SECONDS})`.as("due_at"),
          created_at: sql<Date>`now()`.as("created_at"),
        })
        .from(documents)
        .where(which),
    )
    .onConflictDoUpdate({
      target: ingestJobs.document_id,
      set: {
        kind: "purge",
        version: sql`excluded.version`,
        claimed_until: null,
        last_reason: null,
        progress: null,
        attempts: 0,
        ready_at: sql`now()`,
        due_at: sql`excluded.due_at`,
      },
    })
    .returning({ document_id: ingestJobs.document_id });
}

/** From here on no list, search or answer shows them. */
export function hideDocuments(q: Database, which: SQL | undefined) {
  return q.update(documents).set({ status: "deleting", updated_at: sql`now()` }).where(which);
}
