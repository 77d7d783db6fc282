import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { documents } from "./documents.ts";

/**
 * The outbox of ingestion: a row lives exactly as long as a document has work left, and is written in the
 * same transaction as the document's state. The queue may forget; the sweep sends again whatever is due.
 */
export const ingestJobs = pgTable(
  "ingest_jobs",
  {
    document_id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    version: integer().notNull(),
    /**
     * `index`: puts the published version's vectors where the deployment looks for them (`npm run reindex`, restoring).
     * `tidy`: removes what versions that are no more read or kept left behind.
     */
    kind: text({ enum: ["ingest", "index", "tidy", "purge"] }).notNull(),
    /** Until then one consumer is at work on it, and nobody else takes it up. */
    claimed_until: timestamp({ withTimezone: true, precision: 3 }),
    /** Why the last attempt failed, for the user should it have been the last. */
    last_reason: text(),
    /** How far it was when it was last taken up; the same again means that nothing was done. Null: a slice was done. */
    progress: text(),
    /** Since when it has been taken up without getting further; null: nobody is or was at it since it last did. */
    stuck_since: timestamp({ withTimezone: true, precision: 3 }),
    /** Times it was taken up without getting further. Tells how long the next wait is. */
    attempts: integer().notNull().default(0),
    /** Nobody takes it up before: the wait between two attempts. */
    ready_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** When the sweep sends it to the queue again. */
    due_at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.tenant_id, table.document_id],
      foreignColumns: [documents.tenant_id, documents.id],
    }).onDelete("cascade"),
    index("ingest_jobs_due").on(table.due_at),
    // What `worker/ingest/next-turns.ts` asks: who waits, in which order; who is at work; which upstream wants a rest.
    index("ingest_jobs_turn").on(table.tenant_id, table.kind, table.created_at),
    index("ingest_jobs_claimed").on(table.tenant_id).where(sql`claimed_until is not null`),
    index("ingest_jobs_rest").on(table.ready_at).where(sql`last_reason = 'upstream_busy'`),
  ],
);
