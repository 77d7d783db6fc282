import { eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { ingestJobs } from "../db/schema/ingest-jobs.ts";

/** Seconds without progress after which the sweep believes that a message was lost. */
export const LEASE_SECONDS = 90;

/** Every write of a slice carries this along: the work is alive, the sweep needn't send it again. */
export function renewLease(q: Database, documentId: string) {
  return q
    .update(ingestJobs)
    .set({ stalls: 0, due_at: sql`now() + make_interval(secs => ${LEASE_SECONDS})` })
    .where(eq(ingestJobs.document_id, documentId));
}
