import { VectorStoreError } from "../../ports/vector-store.ts";
import { modelKey } from "./model-key.ts";
import { type QdrantClient, QdrantError } from "./qdrant-client.ts";
import { WRITE_BUDGET_MS } from "./retry.ts";

/** The name of the collection that holds a model's vectors. */
export async function collectionName(model: string): Promise<string> {
  return `ancre-${await modelKey(model)}`;
}

/** Links a node of HNSW has among the points that share an indexed value; `m` of 0 makes no graph over all tenants. */
const HNSW = { m: 0, payload_m: 16 };

const INDEXES = {
  /** Points of one tenant are stored together. */
  tenant: { type: "keyword", is_tenant: true },
  collection: { type: "keyword" },
};

type CollectionInfo = {
  config: { params: { vectors: { size?: number; distance?: string } } };
  payload_schema: Record<string, unknown>;
};

/**
 * Makes the collection and its indexes where they are missing; safe to run twice and at once.
 *
 * @throws VectorStoreError for good when a collection of this name holds other vectors
 */
export async function createQdrantCollection(
  client: QdrantClient,
  { model, dimensions }: { model: string; dimensions: number },
): Promise<void> {
  const path = `/collections/${await collectionName(model)}`;
  const send = <T>(method: string, rest: string, body?: unknown) =>
    client.send<T>(method, path + rest, { body, budgetMs: WRITE_BUDGET_MS });
  const read = () => send<CollectionInfo>("GET", "");
  const info = await read().catch(
    isMissing(async () => {
      const body = { vectors: { size: dimensions, distance: "Cosine" }, hnsw_config: HNSW };
      await send("PUT", "", body).catch(ignoreConflict);
      return read();
    }),
  );
  const { size, distance } = info.config.params.vectors;
  if (size !== dimensions || distance !== "Cosine") {
    throw new VectorStoreError(
      `Qdrant's ${path} holds vectors of ${size} numbers (${distance}); EMBEDDING_DIMENSIONS is ${dimensions} (Cosine)`,
      { retryable: false },
    );
  }
  for (const [field_name, field_schema] of Object.entries(INDEXES)) {
    if (field_name in info.payload_schema) continue;
    await send("PUT", "/index?wait=true", { field_name, field_schema });
  }
}

/** What to give instead when the collection isn't there. A 404 that Qdrant didn't write means a wrong address. */
export function isMissing<T>(instead: () => T): (error: unknown) => T {
  return (error) => {
    if (error instanceof QdrantError && error.status === 404 && /doesn't exist/.test(error.message)) {
      return instead();
    }
    throw error;
  };
}

/** Another isolate was first. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof QdrantError) || error.status !== 409) throw error;
}
