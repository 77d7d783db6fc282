import { isNull } from "drizzle-orm";
import { index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

/** How many things were to be removed, were, and were still there when they were last looked for. */
export type Figure = { expected: number; purged: number; remaining: number };

/** `rows` counts rows removed and, of answers that stay, rows from which quotes were taken out. */
export type DeletionFigures = {
  vectors: Figure;
  objects: Figure;
  rows: Figure & { by_table: Record<string, Figure> };
};

/**
 * A deletion and its proof: written with the deletion, completed when everything was read back as gone. It outlives
 * what was deleted, a tenant included, and so holds no content: no name, no text. While `due_at` is set it is the job
 * row of a collection's, an assistant's or a tenant's removal; a document's job is in `ingest_jobs`.
 */
export const deletionReceipts = pgTable(
  "deletion_receipts",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    subject: text({ enum: ["document", "collection", "assistant", "tenant"] }).notNull(),
    subject_id: uuid().notNull(),
    /** The deletion that this one is a part of. */
    parent_id: uuid(),
    /** Counted before anything is removed; null until then. Without the parts, until it is complete. */
    figures: jsonb().$type<DeletionFigures>(),
    /** A document's chunks by version, from which the ids of its vectors are derived when its rows are gone. */
    chunk_counts: jsonb().$type<Record<string, number>>(),
    actor_kind: text().notNull(),
    actor_id: text().notNull(),
    requested_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** Whoever began before the deletion may write until then: what is read back earlier proves nothing. */
    writes_until: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** Until then one consumer is at work on it. */
    claimed_until: timestamp({ withTimezone: true, precision: 3 }),
    /** When the sweep sends it to the queue again; null: there is nothing to send. */
    due_at: timestamp({ withTimezone: true, precision: 3 }),
    /** When it was read back that nothing remains; null: still being removed. */
    completed_at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    index("deletion_receipts_recent").on(table.tenant_id, table.requested_at, table.id),
    index("deletion_receipts_subject").on(table.tenant_id, table.subject_id),
    index("deletion_receipts_parent").on(table.parent_id),
    index("deletion_receipts_due").on(table.due_at),
    uniqueIndex("deletion_receipts_open")
      .on(table.tenant_id, table.subject_id)
      .where(isNull(table.completed_at)),
  ],
);
