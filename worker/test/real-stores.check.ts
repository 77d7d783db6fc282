import { expect, inject, test, vi } from "vitest";
import type { RealStores } from "../../dev/testing/real-stores.ts";
import { describeVectorStore } from "../adapters/vector/contract.ts";
import { createQdrantStores } from "../adapters/vector/qdrant.ts";
import { collectionName } from "../adapters/vector/qdrant-collection.ts";
import { createVectorizeStore } from "../adapters/vector/vectorize.ts";
import { withinLimits } from "../adapters/vector/within-limits.ts";
import type { VectorStore } from "../ports/vector-store.ts";
import { VectorizeRest } from "./vectorize-rest.ts";

const DIMENSIONS = 8;
/** Milliseconds until a real Vectorize must show a write. */
const VISIBLE_WITHIN_MS = 300_000;

const { qdrant, vectorize }: RealStores = inject("realStores");

const randomIds = async (_tenant: string, _collection: string, count: number) =>
  Array.from({ length: count }, () => crypto.randomUUID());

if (typeof qdrant === "string") test.skip(`Qdrant isn't checked: ${qdrant}`, () => {});
else {
  describeVectorStore(`Qdrant at ${new URL(qdrant.url).host}`, {
    async make() {
      const suite = `contract-${crypto.randomUUID()}`;
      const models = new Set<string>();
      return {
        dimensions: DIMENSIONS,
        chunks: randomIds,
        open(tenantId, model = suite) {
          models.add(model);
          const stores = createQdrantStores({ ...qdrant, model, dimensions: DIMENSIONS });
          return withinLimits(stores(tenantId), DIMENSIONS);
        },
        async close() {
          for (const model of models) {
            const response = await fetch(`${qdrant.url}/collections/${await collectionName(model)}`, {
              method: "DELETE",
              headers: qdrant.apiKey ? { "api-key": qdrant.apiKey } : {},
            });
            expect(response.ok, "the collections made by this run are deleted").toBe(true);
          }
        },
      };
    },
    exceptions: [],
  });
}

if (typeof vectorize === "string") test.skip(`Vectorize isn't checked: ${vectorize}`, () => {});
else {
  describeVectorStore(`Vectorize's index ${vectorize.index}`, {
    async make() {
      const index = new VectorizeRest(vectorize);
      const { dimensions, metadataIndexes } = await index.describe();
      expect(metadataIndexes, "docs/vector-stores.md says how to make them").toEqual(
        expect.arrayContaining(["collection", "model"]),
      );
      const suite = `contract-${crypto.randomUUID()}`;
      const written = new Map<VectorStore, Set<string>>();
      return {
        dimensions,
        chunks: randomIds,
        open(tenantId, model = suite) {
          const store = withinLimits(createVectorizeStore(index, { tenantId, model }), dimensions);
          const ids = new Set<string>();
          written.set(store, ids);
          return {
            ...store,
            async upsert(entries) {
              for (const { id } of entries) ids.add(id);
              await store.upsert(entries);
            },
          };
        },
        async close() {
          for (const [store, ids] of written) await store.delete([...ids]);
        },
      };
    },
    exceptions: [],
    settle: async (assertion) =>
      void (await vi.waitFor(assertion, { timeout: VISIBLE_WITHIN_MS, interval: 3_000 })),
    // Without values a query compares compressed vectors.
    scoreDigits: 1,
  });
}
