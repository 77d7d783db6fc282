/** A chunk's vector. `id` is the chunk's own id, so writing twice changes nothing. */
export type VectorEntry = { id: string; collectionId: string; vector: number[] };

export type VectorQuery = { vector: number[]; topK: number; collectionIds: string[] };

/** A candidate, best first. `score` is the cosine similarity, −1 to 1. */
export type VectorHit = { id: string; score: number };

/**
 * Vectors of **one** tenant: the tenant is bound when the store is made, and no method can name another.
 * Hits are candidates only. Whether a chunk may be read is decided by Postgres under row-level security.
 */
export interface VectorStore {
  upsert(entries: VectorEntry[]): Promise<void>;
  query(query: VectorQuery): Promise<VectorHit[]>;
  delete(ids: string[]): Promise<void>;
}
