import { UpstreamError } from "./language-model.ts";

/** A chunk's vector. `id` is the chunk's own id, so writing twice changes nothing. */
export type VectorEntry = { id: string; collectionId: string; vector: number[]; record?: VectorRecord };

/** What Postgres keeps beside a new vector; other stores have no use for it. */
export type VectorRecord = {
  /** SHA-256 of the embedded text, in hexadecimal. */
  contentHash: string;
  /** Whether it was taken from a chunk of the same text. */
  reused: boolean;
  /** False for a version that isn't read yet: where Postgres is the store, no query looks at it. */
  searchable: boolean;
};

/** `topK` over `MAX_TOP_K` counts as `MAX_TOP_K`. */
export type VectorQuery = { vector: number[]; topK: number; collectionIds: string[] };

/** A candidate, best first. `score` is the cosine similarity, −1 to 1; a store may give it approximately. */
export type VectorHit = { id: string; score: number };

/** A piece of SQL as a template has it: `values` stand between `texts`, which are the code's own and one more. */
export type StatementPart = { texts: readonly string[]; values: readonly unknown[] };

/** The most hits one query gives: what the narrowest store, Vectorize, returns at once. */
export const MAX_TOP_K = 100;

/**
 * Vectors of **one** tenant and **one** embedding model: both are bound when the store is made, and no method can
 * name another. Hits are candidates only. Whether a chunk may be read is decided by Postgres under row-level
 * security: a store may show a write, or go on showing what was deleted, seconds or minutes late.
 *
 * Every store takes any number of entries, ids and collections in one call, and ids it never saw. Vectors need not
 * be normalised. All methods throw `VectorStoreError`, or the database's error where the database is the store.
 */
export interface VectorStore {
  /** Writes or replaces. Throws, not retryable, when a vector hasn't the model's dimensions. */
  upsert(entries: VectorEntry[]): Promise<void>;
  /** The nearest of these collections' vectors; without a collection nothing, and nobody is asked. */
  query(query: VectorQuery): Promise<VectorHit[]>;
  /**
   * Only where the tenant's own database is the store: `query` as a SELECT of `id` and `score`, for whoever has more to
   * ask of that database and would make one trip of both. It holds no tenant: row-level security does, as for all else.
   */
  statement?(query: VectorQuery): StatementPart;
  /**
   * Ids of another tenant are not there to be deleted. With `keep` only where questions are asked: what Postgres keeps
   * of every vector stays, so that it can be put back.
   */
  delete(ids: string[], options?: { keep?: boolean }): Promise<void>;
  /**
   * Those of the ids, of this tenant, that the store still shows, in no order; for reading back what was deleted. A
   * vector whose write was acknowledged may not be shown yet: delete first, then ask.
   */
  present(ids: string[]): Promise<string[]>;
}

/** The vector store failed; ingestion and requests treat it as any upstream's failure. */
export class VectorStoreError extends UpstreamError {}
