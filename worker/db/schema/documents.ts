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
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { PageHeading, PageReport, ParseWarning } from "../../ports/document-parser.ts";
import { collections } from "./collections.ts";

export const documents = pgTable(
  "documents",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    collection_id: uuid().notNull(),
    filename: text().notNull(),
    media_type: text().notNull(),
    size_bytes: bigint({ mode: "number" }).notNull(),
    sha256: text().notNull(),
    storage_key: text().notNull(),
    language: text(),
    status: text({ enum: ["queued", "processing", "ready", "failed", "deleting"] }).notNull(),
    error_code: text(),
    /** The stage whose failure `error_code` tells; what was done before it is kept when it can be retried from there. */
    failed_step: text({ enum: ["parse", "chunk", "embed", "publish"] }),
    /** The folders it lay in when it came with others, joined by "/"; empty for none. */
    folder: text().notNull().default(""),
    /** The address it was fetched from; null: it was uploaded. */
    source_url: text(),
    /** The import it came with; no foreign key, since an import may be forgotten before its documents. */
    import_id: uuid(),
    warnings: jsonb().$type<ParseWarning[]>().notNull().default([]),
    pages_total: integer(),
    pages_done: integer().notNull().default(0),
    chunks_total: integer(),
    chunks_done: integer().notNull().default(0),
    /** The version being written or, once it is published, the one being read. */
    version: integer().notNull().default(1),
    /** The version that search and chat read; null until the first one is complete. */
    published_version: integer(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updated_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    unique("documents_tenant_id").on(table.tenant_id, table.id),
    foreignKey({
      columns: [table.tenant_id, table.collection_id],
      foreignColumns: [collections.tenant_id, collections.id],
    }),
    index("documents_recent").on(table.tenant_id, table.created_at, table.id),
    index("documents_import").on(table.tenant_id, table.import_id),
    index("documents_collection").on(table.tenant_id, table.collection_id, table.created_at),
  ],
);

export const documentPages = pgTable(
  "document_pages",
  {
    tenant_id: uuid().notNull(),
    document_id: uuid().notNull(),
    version: integer().notNull(),
    number: integer().notNull(),
    kind: text({ enum: ["page", "slide", "section"] }).notNull(),
    label: text(),
    text: text().notNull(),
    headings: jsonb().$type<PageHeading[]>().notNull().default([]),
    /** What reading this page met; null: read before reports were kept. */
    report: jsonb().$type<PageReport>(),
  },
  (table) => [
    primaryKey({ columns: [table.document_id, table.version, table.number] }),
    foreignKey({
      columns: [table.tenant_id, table.document_id],
      foreignColumns: [documents.tenant_id, documents.id],
    }).onDelete("cascade"),
  ],
);
