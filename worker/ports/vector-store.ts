import { UpstreamError } from "./language-model.ts";

/** A chunk's vector. `id` is the chunk's own id, so writing twice changes nothing. */
export type VectorEntry = { id: string; collectionId: string; vector: number[] };

/** `topK` over `MAX_TOP_K` counts as `MAX_TOP_K`. */
export type VectorQuery = { vector: number[]; topK: number; collectionIds: string[] };

/** A candidate, best first. `score` is the cosine similarity, −1 to 1; a store may give it approximately. */
export type VectorHit = { id: string; score: number };

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
  /** Ids of another tenant are not there to be deleted. */
  delete(ids: string[]): Promise<void>;
  /**
   * Those of the ids, of this tenant, that the store still shows, in no order; for reading back what was deleted. A
   * vector whose write was acknowledged may not be shown yet: delete first, then ask.
   */
  present(ids: string[]): Promise<string[]>;
}

/** The vector store failed; ingestion and requests treat it as any upstream's failure. */
export class VectorStoreError extends UpstreamError {}
