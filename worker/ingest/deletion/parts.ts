import { getTableName, type SQL, sql, type Table } from "drizzle-orm";
import { apiKeys } from "../../db/schema/api-keys.ts";
import { assistantCollections, assistants } from "../../db/schema/assistants.ts";
import { billingAccounts } from "../../db/schema/billing.ts";
import { chunkEmbeddings, chunks } from "../../db/schema/chunks.ts";
import { collections } from "../../db/schema/collections.ts";
import { conversations, messageSources, messages } from "../../db/schema/conversations.ts";
import { documentVersions } from "../../db/schema/document-versions.ts";
import { documentPages } from "../../db/schema/documents.ts";
import { idempotencyKeys } from "../../db/schema/idempotency-keys.ts";
import {
  importEntries,
  importJobs,
  imports,
  importUploadParts,
  importUploads,
} from "../../db/schema/imports.ts";
import { memberships } from "../../db/schema/tenants.ts";
import { usageCounters, usageDaily, usageReservations } from "../../db/schema/usage.ts";

/** Rows of one table that a deletion removes. */
export type Part = { table: string; where: SQL };

function part(table: Table, where: SQL): Part {
  return { table: getTableName(table), where };
}

/** What is removed with a document, before its own row. Its answers' and imports' mentions: `mentions.ts`. */
export function documentParts(id: string): Part[] {
  const own = sql`document_id = ${id}`;
  return [
    part(chunkEmbeddings, sql`chunk_id in (select id from chunks where ${own})`),
    part(chunks, own),
    part(documentPages, own),
    part(documentVersions, own),
  ];
}

/** What goes with a collection once its documents are gone; first what refers to what comes later. */
export function collectionParts(id: string): Part[] {
  const own = sql`collection_id = ${id}`;
  const imported = sql`import_id in (select id from imports where ${own})`;
  return [
    part(assistantCollections, own),
    part(importUploadParts, sql`upload_id in (select id from import_uploads where ${own})`),
    part(importUploads, own),
    part(importJobs, imported),
    part(importEntries, imported),
    part(imports, own),
    part(collections, sql`id = ${id}`),
  ];
}

/** What goes with an assistant. */
export function assistantParts(id: string): Part[] {
  const own = sql`assistant_id = ${id}`;
  const told = sql`conversation_id in (select id from conversations where ${own})`;
  return [
    part(messageSources, sql`message_id in (select id from messages where ${told})`),
    part(messages, told),
    part(conversations, own),
    part(assistantCollections, own),
    part(assistants, sql`id = ${id}`),
  ];
}

const ALL = sql`true`;

/**
 * Every table with a tenant's rows but for what documents have, which go with them, the receipts, which stay, and the
 * audit log, of which only the owner of the tables may take anything away.
 */
export const TENANT_PARTS: Part[] = [
  messageSources,
  messages,
  conversations,
  assistantCollections,
  assistants,
  importUploadParts,
  importUploads,
  importJobs,
  importEntries,
  imports,
  apiKeys,
  idempotencyKeys,
  usageReservations,
  usageCounters,
  usageDaily,
  billingAccounts,
  memberships,
  collections,
].map((table) => part(table, ALL));
