import { inArray, sql } from "drizzle-orm";
import type { ScopedDatabase } from "../../db/client.ts";
import { chunkEmbeddings } from "../../db/schema/chunks.ts";
import type { StatementPart, VectorQuery, VectorStore } from "../../ports/vector-store.ts";

/**
 * Vectors of the collections asked for up to which all of them are compared with the question. `npm run bench:vectors`
 * measured that just above it the index takes four tenths of the time (bench/README.md); below, less is gained than
 * finding every true neighbour is worth.
 */
export const EXACT_UP_TO = 20_000;

/**
 * Vectors beside the rows they belong to. `model` (`name@dimensions`) keeps vectors of another embedding model, or of
 * other dimensions, out of a comparison. One statement decides between comparing all and asking the HNSW index, and
 * does it (`nearest_chunks`, migration 0007; decision 015).
 *
 * @param exactUpTo vectors up to which all are compared; below zero asks the index whatever they are
 */
export function createPgVectorStore(
  db: ScopedDatabase,
  tenantId: string,
  model: string,
  exactUpTo: number = EXACT_UP_TO,
): VectorStore {
  const nearest = ({ vector, topK, collectionIds }: VectorQuery) =>
    part`select id, score from nearest_chunks(${model}, ${`{${collectionIds.join(",")}}`}::uuid[],
      ${toVector(vector)}::vector, ${topK}::int, ${exactUpTo}::int)`;
  return {
    async upsert(entries) {
      if (entries.length === 0) return;
      const rows = entries.map((entry) => ({
        chunk_id: entry.id,
        tenant_id: tenantId,
        collection_id: entry.collectionId,
        model,
        embedding: toVector(entry.vector),
        content_hash: entry.record?.contentHash ?? null,
        reused: entry.record?.reused ?? false,
        searchable: entry.record?.searchable ?? true,
      }));
      await db.transaction((q) => [
        q
          .insert(chunkEmbeddings)
          .values(rows)
          .onConflictDoUpdate({
            target: chunkEmbeddings.chunk_id,
            // Whether it is searchable moves with the version that is read, not with a second write.
            set: {
              model: sql`excluded.model`,
              embedding: sql`excluded.embedding`,
              content_hash: sql`excluded.content_hash`,
              reused: sql`excluded.reused`,
            },
            // What is there already isn't written again, nor into the index.
            setWhere: sql`(${chunkEmbeddings.model}, ${chunkEmbeddings.embedding})
              is distinct from (excluded.model, excluded.embedding)`,
          }),
      ]);
    },

    async query({ vector, topK, collectionIds }) {
      if (collectionIds.length === 0) return [];
      const { texts, values } = nearest({ vector, topK, collectionIds });
      const hits = await db.rows<{ id: string; score: number }>(
        sql(Object.assign([...texts], { raw: texts }), ...values),
      );
      return hits.map(({ id, score }) => ({ id, score }));
    },

    statement: nearest,

    async delete(ids, { keep = false } = {}) {
      if (ids.length === 0 || keep) return;
      await db.transaction((q) => [q.delete(chunkEmbeddings).where(inArray(chunkEmbeddings.chunk_id, ids))]);
    },

    // Of whatever model: a vector that an earlier one made is there too.
    async present(ids) {
      if (ids.length === 0) return [];
      const [rows] = await db.transaction((q) => [
        q
          .select({ id: chunkEmbeddings.chunk_id })
          .from(chunkEmbeddings)
          .where(inArray(chunkEmbeddings.chunk_id, ids)),
      ]);
      return rows.map(({ id }) => id);
    },
  };
}

function part(texts: TemplateStringsArray, ...values: unknown[]): StatementPart {
  return { texts, values };
}

function toVector(numbers: number[]): string {
  return `[${numbers.join(",")}]`;
}
