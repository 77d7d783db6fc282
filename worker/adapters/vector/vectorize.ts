import type { Vectorize } from "@cloudflare/workers-types";
import type { VectorEntry, VectorHit, VectorStore } from "../../ports/vector-store.ts";
import { batches } from "./batches.ts";
import { modelKey } from "./model-key.ts";
import { QUERY_BUDGET_MS, WRITE_BUDGET_MS, withRetries } from "./retry.ts";
import { vectorizeError, withinTime } from "./vectorize-error.ts";

/** What of the binding is used. */
export type VectorizeBinding = Pick<Vectorize, "query" | "upsert" | "deleteByIds" | "getByIds">;

/** Half of what a Worker may send at once: a thousand vectors of 1,536 numbers are 30 MB of JSON. */
const ENTRIES_PER_CALL = 500;
/** Not in the table of limits: more are refused with code 40007. */
const IDS_PER_CALL = 100;
/** Not in that table either: it gives values and metadata too, and of those a query gives as many at most. */
const IDS_PER_LOOK = 20;
/** Looks at once: the platform opens six connections for a Worker. */
const LOOKS_AT_ONCE = 5;
/** A filter is less than 2,048 bytes of JSON; a collection takes 39 of them, all else under 150. */
const COLLECTIONS_PER_QUERY = 40;

/**
 * Vectors in a Vectorize index, one namespace a tenant. Writes show after seconds, under load after minutes.
 * The index needs metadata indexes on `collection` and `model` from before the first vector.
 *
 * @throws VectorStoreError
 */
export function createVectorizeStore(
  index: VectorizeBinding,
  options: { tenantId: string; model: string; budgetMs?: number },
): VectorStore {
  const { tenantId, model, budgetMs } = options;
  const call = <T>(operation: string, budget: number, send: () => Promise<T>) =>
    withRetries(budgetMs ?? budget, (signal) =>
      withinTime(send(), signal).catch((error: unknown) => {
        throw vectorizeError(operation, error);
      }),
    );

  return {
    async upsert(entries) {
      const metadata = { model: await modelKey(model) };
      for (const batch of batches(entries, ENTRIES_PER_CALL)) {
        const vectors = batch.map((entry) => toVector(tenantId, entry, metadata));
        await call("upsert", WRITE_BUDGET_MS, () => index.upsert(vectors));
      }
    },

    async query({ vector, topK, collectionIds }) {
      const key = await modelKey(model);
      const answers = await Promise.all(
        batches(collectionIds, COLLECTIONS_PER_QUERY).map((collections) =>
          call("query", QUERY_BUDGET_MS, () =>
            index.query(vector, {
              namespace: tenantId,
              topK,
              filter: { model: key, collection: { $in: collections } },
              returnValues: false,
              returnMetadata: "none",
            }),
          ),
        ),
      );
      const hits = answers.flatMap(({ matches }) => matches.map(toHit));
      return hits.sort((a, b) => b.score - a.score).slice(0, topK);
    },

    async delete(ids) {
      for (const batch of batches(ids, IDS_PER_CALL)) {
        const vectorIds = batch.map((id) => vectorId(tenantId, id));
        await call("delete", WRITE_BUDGET_MS, () => index.deleteByIds(vectorIds));
      }
    },

    async present(ids) {
      const found: string[] = [];
      for (const looks of batches(batches(ids, IDS_PER_LOOK), LOOKS_AT_ONCE)) {
        const answers = await Promise.all(
          looks.map((batch) => {
            const vectorIds = batch.map((id) => vectorId(tenantId, id));
            return call("look", WRITE_BUDGET_MS, () => index.getByIds(vectorIds));
          }),
        );
        found.push(...answers.flat().map(({ id }) => chunkIdOf(id)));
      }
      return found;
    },
  };
}

function toVector(tenantId: string, entry: VectorEntry, metadata: { model: string }) {
  return {
    id: vectorId(tenantId, entry.id),
    namespace: tenantId,
    values: entry.vector,
    metadata: { ...metadata, collection: entry.collectionId },
  };
}

/**
 * Ids are the index's, not the namespace's, and deleting takes no namespace. So the tenant is a part of the id, in
 * exactly the 64 bytes an id may have: nobody's chunk id names a vector of somebody else.
 */
function vectorId(tenantId: string, chunkId: string): string {
  return (tenantId + chunkId).replaceAll("-", "");
}

function toHit({ id, score }: { id: string; score: number }): VectorHit {
  return { id: chunkIdOf(id), score };
}

function chunkIdOf(vectorId: string): string {
  return vectorId.slice(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
