import { and, eq, inArray, sql } from "drizzle-orm";
import type { ScopedDatabase } from "../../db/client.ts";
import { chunkEmbeddings } from "../../db/schema/chunks.ts";
import type { VectorStore } from "../../ports/vector-store.ts";

/**
 * Vectors beside the rows they belong to. An exact scan over the tenant's collections: it finds every true
 * neighbour, which a filtered HNSW index does not, at a cost that grows with this tenant's chunks alone. `model` keeps vectors of another embedding model, or of other dimensions, out of a comparison.
 */
export function createPgVectorStore(db: ScopedDatabase, tenantId: string, model: string): VectorStore {
  return {
    async upsert(entries) {
      if (entries.length === 0) return;
      const rows = entries.map((entry) => ({
        chunk_id: entry.id,
        tenant_id: tenantId,
        collection_id: entry.collectionId,
        model,
        embedding: toVector(entry.vector),
      }));
      await db.transaction((q) => [
        q
          .insert(chunkEmbeddings)
          .values(rows)
          .onConflictDoUpdate({
            target: chunkEmbeddings.chunk_id,
            set: { model: sql`excluded.model`, embedding: sql`excluded.embedding` },
          }),
      ]);
    },

    async query({ vector, topK, collectionIds }) {
      if (collectionIds.length === 0) return [];
      const distance = sql<number>`${chunkEmbeddings.embedding} <=> ${toVector(vector)}::vector`;
      const [hits] = await db.transaction((q) => [
        q
          .select({ id: chunkEmbeddings.chunk_id, score: sql<number>`1 - (${distance})`.mapWith(Number) })
          .from(chunkEmbeddings)
          .where(and(inArray(chunkEmbeddings.collection_id, collectionIds), eq(chunkEmbeddings.model, model)))
          .orderBy(distance)
          .limit(topK),
      ]);
      return hits;
    },

    async delete(ids) {
      if (ids.length === 0) return;
      await db.transaction((q) => [q.delete(chunkEmbeddings).where(inArray(chunkEmbeddings.chunk_id, ids))]);
    },
  };
}

function toVector(numbers: number[]): string {
  return `[${numbers.join(",")}]`;
}
