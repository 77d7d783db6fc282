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
    /** Times the sweep found begun work without progress; reset whenever a slice is done. */
    stalls: integer().notNull().default(0),
    /** Until then one consumer is at work on it, and a second message finds nothing to do. */
    claimed_until: timestamp({ withTimezone: true, precision: 3 }),
    /** Why the last attempt failed, for the user should it have been the last. */
    last_reason: text(),
    /** Failed attempts of the step at hand; reset whenever a slice is done. Tells how long the next wait is. */
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
  ],
);
