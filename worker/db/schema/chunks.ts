import { sql } from "drizzle-orm";
import {
  boolean,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { documents } from "./documents.ts";
import type { ChunkSegment } from "./segment.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** No fixed width: the embedding model's dimensions are configuration. Read and written as '[0.1,…]'. */
const vector = customType<{ data: string }>({ dataType: () => "vector" });

/** A chunk is a span of stored pages; `text` is what its segments hold, kept so that retrieval needs no join. */
export const chunks = pgTable(
  "chunks",
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    collection_id: uuid().notNull(),
    document_id: uuid().notNull(),
    version: integer().notNull(),
    ordinal: integer().notNull(),
    /** The span, page by page: running headers and footers between two pages are left out of it. */
    segments: jsonb().$type<ChunkSegment[]>().notNull(),
    heading_path: text().array().notNull(),
    language: text().notNull(),
    text: text().notNull(),
    lexemes: tsvector().notNull(),
    /** Whether the vector store has acknowledged this chunk. */
    indexed: boolean().notNull().default(false),
  },
  (table) => [
    foreignKey({
      columns: [table.tenant_id, table.document_id],
      foreignColumns: [documents.tenant_id, documents.id],
    }).onDelete("cascade"),
    unique("chunks_tenant_id").on(table.tenant_id, table.id),
    unique("chunks_ordinal").on(table.document_id, table.version, table.ordinal),
    index("chunks_collection").on(table.tenant_id, table.collection_id),
    // Asked through chunks_holding (migration 0009).
    index("chunks_lexemes")
      .using("gin", sql`(collection_id::text)`, table.lexemes)
      .with({ gin_pending_list_limit: 256 }),
  ],
);

/**
 * Every vector, whichever store answers: moving to another store embeds nothing again. One of pgvector's own indexes a
 * model, `chunk_embeddings_hnsw_…`, is created beside the migrations, as models are configuration (decision 015).
 */
export const chunkEmbeddings = pgTable(
  "chunk_embeddings",
  {
    chunk_id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    collection_id: uuid().notNull(),
    model: text().notNull(),
    embedding: vector().notNull(),
    /** SHA-256 of the embedded text in hexadecimal, so that the same text isn't embedded again; null: not known. */
    content_hash: text(),
    /** Whether it was taken from another chunk of the same text. */
    reused: boolean().notNull().default(false),
    /** Whether `nearest_chunks` looks at it: false for a version that is kept but not read. */
    searchable: boolean().notNull().default(true),
  },
  (table) => [
    // A vector can't outlive its chunk, not even one that arrives after the chunk was deleted.
    foreignKey({
      columns: [table.tenant_id, table.chunk_id],
      foreignColumns: [chunks.tenant_id, chunks.id],
    }).onDelete("cascade"),
    index("chunk_embeddings_collection").on(table.tenant_id, table.collection_id, table.model),
    // Not by tenant first: the exact scan must have no other index to go by than the one above (decision 015).
    index("chunk_embeddings_content").on(table.content_hash, table.model),
  ],
);
