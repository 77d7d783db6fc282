import { sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { ImportRow } from "../../services/imports/import.ts";
import { LEASE_SECONDS } from "../lease.ts";

/**
 * Must be the first statement of every write of an import's work: locks its job, renews the lease, and undoes the whole
 * write when the work is over, or the import isn't in `state` any more (migration 0007).
 */
export function holdImport(q: Database, importId: string, state: ImportRow["state"] | null = null) {
  return q.execute(sql`select hold_import_job(${importId}, ${LEASE_SECONDS}::int, ${state})`);
}
