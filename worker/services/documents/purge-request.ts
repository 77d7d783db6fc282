import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import { FIRST_LEASE_SECONDS } from "./enqueue.ts";

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
