import type { VectorStore } from "../../ports/vector-store.ts";

/**
 * Keeps every vector of an external store in Postgres too, so that moving to another store embeds nothing again.
 * Postgres is written first and cleared last: whatever the external store holds can be found there, and a vector
 * whose chunk is gone is refused by its foreign key before it reaches the external store.
 */
export function keepInPostgres(kept: VectorStore, external: VectorStore): VectorStore {
  return {
    async upsert(entries) {
      await kept.upsert(entries);
      await external.upsert(entries);
    },
    query: (query) => external.query(query),
    async delete(ids, { keep = false } = {}) {
      await external.delete(ids);
      if (!keep) await kept.delete(ids);
    },
    async present(ids) {
      const found = await Promise.all([external.present(ids), kept.present(ids)]);
      return [...new Set(found.flat())];
    },
  };
}
