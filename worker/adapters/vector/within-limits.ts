import { MAX_TOP_K, type VectorQuery, type VectorStore, VectorStoreError } from "../../ports/vector-store.ts";

/**
 * Holds a store to what the port promises of all of them, in one place: the model's dimensions, the cap on hits,
 * and no call where there is nothing to ask.
 *
 * @param dimensions numbers a vector has
 */
export function withinLimits(store: VectorStore, dimensions: number): VectorStore {
  const check = (vector: number[]) => {
    if (vector.length === dimensions) return;
    throw new VectorStoreError(
      `A vector of ${vector.length} numbers doesn't fit: EMBEDDING_DIMENSIONS is ${dimensions}`,
      { retryable: false },
    );
  };
  const bounded = ({ vector, topK, collectionIds }: VectorQuery): VectorQuery => {
    check(vector);
    const unique = [...new Set(collectionIds)];
    return { vector, topK: Math.max(0, Math.min(topK, MAX_TOP_K)), collectionIds: unique };
  };
  const { statement } = store;
  return {
    async upsert(entries) {
      for (const { vector } of entries) check(vector);
      if (entries.length > 0) await store.upsert(entries);
    },

    async query(query) {
      const asked = bounded(query);
      return asked.collectionIds.length > 0 && asked.topK > 0 ? store.query(asked) : [];
    },

    ...(statement ? { statement: (query) => statement(bounded(query)) } : {}),

    async delete(ids, options) {
      if (ids.length > 0) await store.delete(ids, options);
    },

    async present(ids) {
      return ids.length > 0 ? store.present([...new Set(ids)]) : [];
    },
  };
}
