import { type SQL, sql } from "drizzle-orm";

/** Rows of one table that a deletion removes. */
export type Part = { table: string; where: SQL };

/** What is removed with a document, before its own row. Its answers' and imports' mentions: `mentions.ts`. */
export function documentParts(id: string): Part[] {
  const own = sql`document_id = ${id}`;
  return [
    { table: "chunk_embeddings", where: sql`chunk_id in (select id from chunks where ${own})` },
    { table: "chunks", where: own },
    { table: "document_pages", where: own },
    { table: "document_versions", where: own },
  ];
}

/** What goes with a collection once its documents are gone; first what refers to what comes later. */
export function collectionParts(id: string): Part[] {
  const own = sql`collection_id = ${id}`;
  const imported = sql`import_id in (select id from imports where ${own})`;
  return [
    { table: "assistant_collections", where: own },
    {
      table: "import_upload_parts",
      where: sql`upload_id in (select id from import_uploads where ${own})`,
    },
    { table: "import_uploads", where: own },
    { table: "import_jobs", where: imported },
    { table: "import_entries", where: imported },
    { table: "imports", where: own },
    { table: "collections", where: sql`id = ${id}` },
  ];
}

/** What goes with an assistant. */
export function assistantParts(id: string): Part[] {
  const own = sql`assistant_id = ${id}`;
  const messages = sql`select id from messages
    where conversation_id in (select id from conversations where ${own})`;
  return [
    { table: "message_sources", where: sql`message_id in (${messages})` },
    { table: "messages", where: sql`id in (${messages})` },
    { table: "conversations", where: own },
    { table: "assistant_collections", where: own },
    { table: "assistants", where: sql`id = ${id}` },
  ];
}

const ALL = sql`true`;

/**
 * Every table with a tenant's rows but for what documents have, which go with them, the receipts, which stay, and the
 * audit log, of which only the owner of the tables may take anything away.
 */
export const TENANT_PARTS: Part[] = [
  "message_sources",
  "messages",
  "conversations",
  "assistant_collections",
  "assistants",
  "import_upload_parts",
  "import_uploads",
  "import_jobs",
  "import_entries",
  "imports",
  "api_keys",
  "idempotency_keys",
  "usage_reservations",
  "usage_counters",
  "usage_daily",
  "billing_accounts",
  "memberships",
  "collections",
].map((table) => ({ table, where: ALL }));
