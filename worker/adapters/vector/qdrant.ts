import { type VectorStore, VectorStoreError } from "../../ports/vector-store.ts";
import { batches } from "./batches.ts";
import { createQdrantClient, type QdrantOptions } from "./qdrant-client.ts";
import { collectionName, createQdrantCollection, isMissing } from "./qdrant-collection.ts";
import { QUERY_BUDGET_MS, WRITE_BUDGET_MS } from "./retry.ts";

/** Points a request: at 1,536 dimensions 4 MB of JSON, of the 32 MB that Qdrant takes. */
const POINTS_PER_CALL = 128;
const IDS_PER_CALL = 1_000;

type Scrolled = { points: { id: string }[] };
type Points = { points: { id: string; score: number }[] };

/**
 * Vectors in Qdrant 1.16 or later, over its REST API: one collection for all tenants of an embedding model, each
 * request filtered by tenant. Returns what binds a store to a tenant; nothing is sent before a store is used.
 *
 * @throws VectorStoreError from every method of a store
 */
export function createQdrantStores(
  options: QdrantOptions & { model: string; dimensions: number },
): (tenantId: string, headers?: Record<string, string>) => VectorStore {
  const client = createQdrantClient(options);
  // Kept for the isolate: a fact about the server, not a promise that belongs to one request.
  let ready = false;

  async function path(rest: string): Promise<string> {
    return `/collections/${await collectionName(options.model)}/points${rest}`;
  }

  async function prepare(): Promise<void> {
    if (ready) return;
    await createQdrantCollection(client, options);
    ready = true;
  }

  function forget(): never {
    ready = false;
    throw new VectorStoreError("Qdrant's collection went away", { retryable: true });
  }

  return (tenantId, headers = {}) => {
    const ofTenant = { key: "tenant", match: { value: tenantId } };
    return {
      async upsert(entries) {
        await prepare();
        for (const batch of batches(entries, POINTS_PER_CALL)) {
          const points = batch.map(({ id, collectionId, vector }) => ({
            id,
            vector,
            payload: { tenant: tenantId, collection: collectionId },
          }));
          // Point ids are the collection's: one that another tenant holds is left as it is.
          const body = { points, update_filter: { must: [ofTenant] } };
          await client
            .send("PUT", await path("?wait=true"), { body, budgetMs: WRITE_BUDGET_MS })
            .catch(isMissing(forget));
        }
      },

      async query({ vector, topK, collectionIds }) {
        const ofCollections = { key: "collection", match: { any: collectionIds } };
        const body = {
          query: vector,
          limit: topK,
          filter: { must: [ofTenant, ofCollections] },
          with_payload: false,
          with_vector: false,
        };
        const request = client.send<Points>("POST", await path("/query"), {
          body,
          budgetMs: QUERY_BUDGET_MS,
          headers,
        });
        // Nothing was written yet.
        const { points } = await request.catch(isMissing(() => ({ points: [] })));
        return points.map(({ id, score }) => ({ id, score }));
      },

      async delete(ids) {
        for (const batch of batches(ids, IDS_PER_CALL)) {
          const body = { filter: { must: [{ has_id: batch }, ofTenant] } };
          await client
            .send("POST", await path("/delete?wait=true"), { body, budgetMs: WRITE_BUDGET_MS })
            .catch(isMissing(() => undefined));
        }
      },

      async present(ids) {
        const found: string[] = [];
        for (const batch of batches(ids, IDS_PER_CALL)) {
          const body = {
            filter: { must: [{ has_id: batch }, ofTenant] },
            limit: batch.length,
            with_payload: false,
            with_vector: false,
          };
          const { points } = await client
            .send<Scrolled>("POST", await path("/scroll"), { body, budgetMs: WRITE_BUDGET_MS })
            .catch(isMissing(() => ({ points: [] })));
          found.push(...points.map(({ id }) => id));
        }
        return found;
      },
    };
  };
}
