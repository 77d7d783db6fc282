import { index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** What was to be removed, what was, and what reading back found still there. `rows` counts each table. */
export type DeletionFigures = {
  vectors: { expected: number; purged: number; remaining: number };
  objects: { expected: number; purged: number; remaining: number };
  rows: { expected: number; purged: number; remaining: number };
};

/**
 * A deletion and its proof: written with the deletion, completed when everything was read back as gone. It outlives
 * what was deleted, a tenant included, and so holds no content: no name, no text.
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
    figures: jsonb().$type<DeletionFigures>(),
    actor_kind: text().notNull(),
    actor_id: text().notNull(),
    requested_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** When it was read back that nothing remains; null: still being removed. */
    completed_at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    index("deletion_receipts_recent").on(table.tenant_id, table.requested_at, table.id),
    index("deletion_receipts_subject").on(table.tenant_id, table.subject_id),
    index("deletion_receipts_parent").on(table.parent_id),
  ],
);
