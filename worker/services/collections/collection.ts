import { and, count, eq, isNull, ne, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { collections } from "../../db/schema/collections.ts";
import { documents } from "../../db/schema/documents.ts";

export type Collection = {
  id: string;
  name: string;
  description: string;
  documents_count: number;
  created_at: Date;
  updated_at: Date;
};

type Row = typeof collections.$inferSelect;

export function toCollection(row: Row, documentsCount: number): Collection {
  const { id, name, description, created_at, updated_at } = row;
  return { id, name, description, documents_count: documentsCount, created_at, updated_at };
}

/** Collections that were not deleted, each with the number of its documents. */
export function selectCollections(q: Database) {
  const documentsCount = q
    .select({ n: count() })
    .from(documents)
    .where(and(eq(documents.collection_id, collections.id), ne(documents.status, "deleting")));
  return q
    .select({ row: collections, documentsCount: sql<number>`(${documentsCount})`.mapWith(Number) })
    .from(collections);
}

export const alive = isNull(collections.deleted_at);
