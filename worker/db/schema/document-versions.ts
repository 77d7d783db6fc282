import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { ParseWarning } from "../../ports/document-parser.ts";
import { documents } from "./documents.ts";

/**
 * Every version a document had: what it was made from and how it ended. The document's own row shows the version being
 * written or read; a version whose chunks are kept can be published again.
 */
export const documentVersions = pgTable(
  "document_versions",
  {
    tenant_id: uuid().notNull(),
    document_id: uuid().notNull(),
    version: integer().notNull(),
    /** What asked for it. */
    origin: text({ enum: ["upload", "replace", "reindex"] }).notNull(),
    /** `retired`: its pages are kept for the citations that point to them, its chunks and vectors are gone. */
    state: text({ enum: ["writing", "complete", "failed", "retired"] }).notNull(),
    error_code: text(),
    filename: text().notNull(),
    media_type: text().notNull(),
    size_bytes: bigint({ mode: "number" }).notNull(),
    sha256: text().notNull(),
    /** A re-index reads the same object as the version before it. */
    storage_key: text().notNull(),
    language: text(),
    warnings: jsonb().$type<ParseWarning[]>().notNull().default([]),
    pages_total: integer(),
    chunks_total: integer(),
    /** Chunks whose vector was kept from the same text, of this document or another of the tenant. */
    chunks_reused: integer().notNull().default(0),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    /** When search and chat last began to read it. */
    published_at: timestamp({ withTimezone: true, precision: 3 }),
    /** When a failed or retired one's chunks, vectors and unshared file were removed; null: not yet, or they are kept. */
    cleared_at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    primaryKey({ columns: [table.document_id, table.version] }),
    foreignKey({
      columns: [table.tenant_id, table.document_id],
      foreignColumns: [documents.tenant_id, documents.id],
    }).onDelete("cascade"),
    // Whether the same bytes are there already.
    index("document_versions_content").on(table.tenant_id, table.sha256),
  ],
);
