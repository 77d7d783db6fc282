import type { Transaction } from "@electric-sql/pglite";
import { bruteForce } from "./synthetic.ts";
import { asTenant, type StoredTenant, type VectorTable } from "./table.ts";

/** One tenant's questions put in one way. */
export type Measured = {
  /** Share of the ten true neighbours found, on average and for the worst question, 0 to 1 */
  recall: number;
  worst: number;
  /** Median of a question, in milliseconds */
  ms: number;
  /** Questions that were answered by comparing all, 0 to 1 */
  exact: number;
};

export type Hit = { id: string; exact: boolean };
export type Way = (transaction: Transaction, question: number[]) => Promise<Hit[]>;

const TOP = 10;

/** `nearest_chunks` as the adapter calls it. */
export function shipped({ model }: VectorTable, { collectionId }: StoredTenant, exactUpTo: number): Way {
  return async (transaction, question) => {
    const { rows } = await transaction.query<Hit>(
      "select id, exact from nearest_chunks($1, array[$2]::uuid[], $3::vector, $4::int, $5::int)",
      [model, collectionId, `[${question.join(",")}]`, TOP, exactUpTo],
    );
    return rows;
  };
}

/** HNSW as pgvector does it unless told otherwise: what of its first 40 is another tenant's is thrown away. */
export function plain({ model }: VectorTable, { collectionId }: StoredTenant): Way {
  const dimensions = model.split("@")[1];
  return async (transaction, question) => {
    await transaction.exec(
      "set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off",
    );
    const { rows } = await transaction.query<Hit>(
      `select chunk_id as id, false as exact from chunk_embeddings
       where model = '${model}' and collection_id = $1
       order by embedding::vector(${dimensions}) <=> $2::vector(${dimensions}) limit ${TOP}`,
      [collectionId, `[${question.join(",")}]`],
    );
    return rows;
  };
}

/**
 * Puts every question in every way and compares the answers with brute force in JavaScript. The ways take turns at each
 * question, so that whatever else the machine does meets all alike, and each asks twice and is timed the second time, so
 * that none pays for what the one before left in the caches.
 */
export async function measure(
  table: VectorTable,
  tenant: StoredTenant,
  questions: number[][],
  ways: Way[],
): Promise<Measured[]> {
  const seen = ways.map(() => ({ recalls: [] as number[], times: [] as number[], exact: 0 }));
  for (const question of questions) {
    const nearest = bruteForce(tenant.vectors, question, TOP);
    for (const [index, way] of ways.entries()) {
      await ask(table, tenant, question, way);
      const { hits, ms } = await ask(table, tenant, question, way);
      const ids = new Set(hits.map(({ id }) => id));
      seen[index]?.recalls.push(nearest.filter(({ id }) => ids.has(id)).length / nearest.length);
      seen[index]?.times.push(ms);
      if (seen[index] && hits.some((hit) => hit.exact)) seen[index].exact++;
    }
  }
  return seen.map(({ recalls, times, exact }) => ({
    recall: recalls.reduce((sum, recall) => sum + recall, 0) / questions.length,
    worst: Math.min(...recalls),
    ms: times.toSorted((a, b) => a - b)[Math.floor(questions.length / 2)] ?? 0,
    exact: exact / recalls.length,
  }));
}

async function ask(table: VectorTable, tenant: StoredTenant, question: number[], way: Way) {
  return asTenant(table, tenant, async (transaction) => {
    const startedAt = performance.now();
    const hits = await way(transaction, question);
    return { hits, ms: performance.now() - startedAt };
  });
}
