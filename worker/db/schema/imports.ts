import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { collections } from "./collections.ts";

/** Many documents taken in at once; each entry has its own outcome. */
export const imports = pgTable(
  "imports",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    collection_id: uuid().notNull(),
    kind: text({ enum: ["files", "zip", "urls", "sitemap"] }).notNull(),
    /** The archive's name or the sitemap's address; empty for files and lists. */
    source: text().notNull().default(""),
    /** `listing`: what it holds is still being found out. `running`: entries are being taken in. */
    state: text({ enum: ["listing", "running", "done", "failed", "cancelled"] }).notNull(),
    /** Why the import as a whole could not be listed. */
    error_code: text(),
    /** Where R2 keeps an archive until its last entry was taken; null: there is none, or no more. */
    storage_key: text(),
    size_bytes: bigint({ mode: "number" }),
    /** Limits and choices of this import, as asked for. */
    options: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    actor_kind: text().notNull(),
    actor_id: text().notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    updated_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    finished_at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    unique("imports_tenant_id").on(table.tenant_id, table.id),
    foreignKey({
      columns: [table.tenant_id, table.collection_id],
      foreignColumns: [collections.tenant_id, collections.id],
    }).onDelete("cascade"),
    index("imports_recent").on(table.tenant_id, table.created_at, table.id),
  ],
);

/** One thing of an import: a file of an archive, an address, a file of the request. */
export const importEntries = pgTable(
  "import_entries",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    import_id: uuid().notNull(),
    ordinal: integer().notNull(),
    /** A file's name or an address. */
    name: text().notNull(),
    /** The folders it lay in, joined by "/"; empty for none. */
    folder: text().notNull().default(""),
    /** `taken`: there is a document, which has an outcome of its own from then on. */
    state: text({ enum: ["pending", "taken", "duplicate", "skipped", "failed", "cancelled"] }).notNull(),
    /** No foreign key: the document may be deleted, the entry still says what became of it. */
    document_id: uuid(),
    error_code: text(),
    attempts: integer().notNull().default(0),
    /** What is needed to read it: offsets in the archive, or validators of an address. */
    locator: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    size_bytes: bigint({ mode: "number" }),
    updated_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.tenant_id, table.import_id],
      foreignColumns: [imports.tenant_id, imports.id],
    }).onDelete("cascade"),
    unique("import_entries_ordinal").on(table.import_id, table.ordinal),
    index("import_entries_state").on(table.import_id, table.state, table.ordinal),
    index("import_entries_document").on(table.tenant_id, table.document_id),
  ],
);

/** As `ingest_jobs`, for imports: a row lives exactly as long as an import has work left. */
export const importJobs = pgTable(
  "import_jobs",
  {
    import_id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    stalls: integer().notNull().default(0),
    claimed_until: timestamp({ withTimezone: true, precision: 3 }),
    last_reason: text(),
    due_at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.tenant_id, table.import_id],
      foreignColumns: [imports.tenant_id, imports.id],
    }).onDelete("cascade"),
    index("import_jobs_due").on(table.due_at),
  ],
);

/** An archive being uploaded in parts that can be sent again; becomes an import once it is whole. */
export const importUploads = pgTable(
  "import_uploads",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    collection_id: uuid().notNull(),
    filename: text().notNull(),
    size_bytes: bigint({ mode: "number" }).notNull(),
    part_bytes: integer().notNull(),
    storage_key: text().notNull(),
    /** R2's id of the multipart upload. */
    multipart_id: text().notNull(),
    created_at: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    expires_at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    unique("import_uploads_tenant_id").on(table.tenant_id, table.id),
    foreignKey({
      columns: [table.tenant_id, table.collection_id],
      foreignColumns: [collections.tenant_id, collections.id],
    }).onDelete("cascade"),
    index("import_uploads_expiry").on(table.expires_at),
  ],
);

/** A part that has arrived. */
export const importUploadParts = pgTable(
  "import_upload_parts",
  {
    tenant_id: uuid().notNull(),
    upload_id: uuid().notNull(),
    number: integer().notNull(),
    etag: text().notNull(),
    size_bytes: bigint({ mode: "number" }).notNull(),
  },
  (table) => [
    unique("import_upload_parts_number").on(table.upload_id, table.number),
    foreignKey({
      columns: [table.tenant_id, table.upload_id],
      foreignColumns: [importUploads.tenant_id, importUploads.id],
    }).onDelete("cascade"),
  ],
);
