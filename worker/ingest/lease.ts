import { sql } from "drizzle-orm";
import { type Database, postgresCode } from "../db/client.ts";
import type { IngestDocument, IngestJob } from "./stages/load.ts";

/** Seconds without a write after which a consumer counts as dead: longer than the slowest single upstream call. */
export const LEASE_SECONDS = 150;

/**
 * Seconds from the first try that got nowhere until the last one may begin. A consumer that dies is noticed a lease and a
 * sweep later, before the first try that gets nowhere as after the last one: with this, a document without progress ends
 * within a quarter of an hour whatever dies, and an upstream may be away for eight minutes (decision 024).
 */
export const GIVE_UP_SECONDS = 480;

/** Kinds of work that write vectors. */
export type WritingKind = Exclude<IngestJob["kind"], "purge">;

/**
 * Must be the first statement of every write of a stage: locks the document's job, renews its lease, and undoes
 * the whole write when the work was taken back meanwhile, or is of another kind by now (migration 0007).
 */
export function holdJob(
  q: Database,
  { id, version }: Pick<IngestDocument, "id" | "version">,
  kind: IngestJob["kind"] = "ingest",
) {
  return q.execute(sql`select hold_ingest_job(${id}, ${version}::int, ${LEASE_SECONDS}::int, ${kind})`);
}

/** Whether a write was undone because the document was deleted, ended or replaced while it was worked on. */
export function isSuperseded(error: unknown): boolean {
  return postgresCode(error)?.code === "ANC02";
}
