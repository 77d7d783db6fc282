import { expect, test, vi } from "vitest";
import { createQdrantStores } from "../adapters/vector/qdrant.ts";
import { collectionName } from "../adapters/vector/qdrant-collection.ts";
import { createVectorizeStore } from "../adapters/vector/vectorize.ts";
import { DIMENSIONS, deploy } from "./hand-turned.ts";
import type { DeletionJson } from "./harness.ts";
import { qdrantStandIn } from "./qdrant-stand-in.ts";
import { VectorizeStandIn } from "./vectorize-stand-in.ts";

const HOUR_MS = 3_600_000;
const NOTE = "# Cellar\n\nThe cellar is kept at twelve degrees all year round.";
const QUERY = "How many degrees has the cellar?";

/** What a store proposes by itself for any question, before Postgres is asked. */
function proposals(store: { query: ReturnType<typeof createVectorizeStore>["query"] }, collectionId: string) {
  return store.query({ vector: new Array(DIMENSIONS).fill(1), topK: 100, collectionIds: [collectionId] });
}

function vectorize(tenantId: string, index: VectorizeStandIn) {
  return createVectorizeStore(index, { tenantId, model: `text-embedding-3-small@${DIMENSIONS}` });
}

const { url, apiKey } = qdrantStandIn();

test.each(["vectorize", "qdrant"])(
  "%s: from an upload to its deletion, every vector kept in Postgres too",
  async (name) => {
    const index = new VectorizeStandIn(DIMENSIONS);
    const here = await deploy({
      VECTOR_STORE: name,
      VECTORS: index,
      QDRANT_URL: url,
      QDRANT_API_KEY: apiKey,
    });
    const model = `text-embedding-3-small@${DIMENSIONS}`;
    const store =
      name === "vectorize"
        ? vectorize(here.tenantId, index)
        : createQdrantStores({ url, apiKey, model, dimensions: DIMENSIONS })(here.tenantId);
    const id = await here.upload(NOTE);
    await here.finish();
    expect(await here.json("GET", `/documents/${id}`)).toMatchObject({ status: "ready" });
    const hits = await here.search(QUERY);
    expect(hits[0]).toMatchObject({ document_id: id, dense_score: expect.any(Number) });
    const kept = await here.kept();
    expect(kept.length).toBeGreaterThan(0);
    expect((await proposals(store, here.collectionId)).map((hit) => hit.id).sort()).toEqual(
      kept.map((row) => row.chunk_id).sort(),
    );
    await here.request("DELETE", `/documents/${id}`);
    expect(await here.search(QUERY)).toEqual([]);
    await here.finish();
    expect(await proposals(store, here.collectionId)).toEqual([]);
    expect(await here.kept()).toEqual([]);
  },
);

test("until a store shows what was written, full text answers alone", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  index.delayMs = HOUR_MS;
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const id = await here.upload(NOTE);
  await here.finish();
  expect(await here.json("GET", `/documents/${id}`)).toMatchObject({ status: "ready" });
  expect(await proposals(vectorize(here.tenantId, index), here.collectionId)).toEqual([]);
  const found = { document_id: id, lexical_score: expect.any(Number) };
  expect(await here.search(QUERY)).toEqual([expect.objectContaining({ ...found, dense_score: null })]);
  index.catchUp();
  expect(await here.search(QUERY)).toEqual([
    expect.objectContaining({ ...found, dense_score: expect.any(Number) }),
  ]);
});

test("a deleted document never appears, however long the store goes on proposing it", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const id = await here.upload(NOTE);
  await here.finish();
  expect(await here.search(QUERY)).toHaveLength(1);
  index.delayMs = HOUR_MS;
  const { id: deletion } = await here.json<DeletionJson>("DELETE", `/documents/${id}`);
  expect(await here.search(QUERY)).toEqual([]);
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  for (let turns = 0; turns < 3; turns++) {
    await here.turn();
    expect(here.queue).toHaveLength(1);
    expect(await here.kept()).toEqual([]);
    expect(await here.json<DeletionJson>("GET", `/deletions/${deletion}`)).toMatchObject({
      state: "purging",
      figures: { vectors: { expected: 1, purged: 0, remaining: 1 }, objects: { purged: 1, remaining: 0 } },
    });
  }
  log.mockRestore();
  expect(await proposals(vectorize(here.tenantId, index), here.collectionId)).not.toEqual([]);
  expect(await here.search(QUERY)).toEqual([]);
  index.catchUp();
  await here.finish();
  expect(await proposals(vectorize(here.tenantId, index), here.collectionId)).toEqual([]);
  expect(await here.json<DeletionJson>("GET", `/deletions/${deletion}`)).toMatchObject({
    state: "complete",
    figures: { vectors: { expected: 1, purged: 1, remaining: 0 } },
  });
});

test("a store that is away delays a document, and leaves questions to full text, which says so", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    const first = await here.upload(NOTE);
    await here.finish();
    const id = await here.upload("# Attic\n\nThe attic is dry.", "attic.md");
    index.failNext(503, 100);
    await here.turn();
    expect(await here.json("GET", `/documents/${id}`)).toMatchObject({
      status: "processing",
      error_code: null,
    });
    const response = await here.request("POST", "/search", { query: QUERY });
    const found = await response.text();
    expect(JSON.parse(found)).toMatchObject({
      data: [{ document_id: first, dense_score: null }],
      retrieval: "full_text",
    });
    expect(found).not.toMatch(/vectorize/i);
    const assistant = await here.json<{ id: string }>("POST", "/assistants", {
      name: "Reader",
      collection_ids: [here.collectionId],
    });
    const answer = await here.json("POST", `/chat/${assistant.id}`, { message: QUERY });
    expect(answer).toMatchObject({ refused: false, receipt: { retrieval: "full_text" } });
    index.failNext(503, 0);
    await here.finish();
    expect(await here.json("GET", `/documents/${id}`)).toMatchObject({ status: "ready" });
    const [hit] = await here.search(QUERY);
    expect(hit).toMatchObject({ document_id: first, dense_score: expect.any(Number) });
  } finally {
    log.mockRestore();
  }
});

test("a store that refuses fails the document, with a reason", async () => {
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: new VectorizeStandIn(DIMENSIONS + 1) });
  const id = await here.upload(NOTE);
  await here.finish();
  expect(await here.json("GET", `/documents/${id}`)).toMatchObject({
    status: "failed",
    error_code: "upstream_refused",
  });
});

test("Qdrant away at the deletion: the purge comes back until the vectors are gone", async () => {
  const model = `purge-${crypto.randomUUID()}`;
  const here = await deploy({
    VECTOR_STORE: "qdrant",
    QDRANT_URL: url,
    QDRANT_API_KEY: apiKey,
    EMBEDDING_MODEL: model,
  });
  const id = await here.upload(NOTE);
  await here.finish();
  const store = createQdrantStores({ url, apiKey, model: `${model}@${DIMENSIONS}`, dimensions: DIMENSIONS });
  expect(await proposals(store(here.tenantId), here.collectionId)).not.toEqual([]);
  await here.request("DELETE", `/documents/${id}`);
  const control = `${url}/_control/${await collectionName(`${model}@${DIMENSIONS}`)}`;
  const body = JSON.stringify({ fault: { kind: "500", times: 4 } });
  await fetch(control, { method: "POST", headers: { "api-key": apiKey }, body });
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  await here.turn();
  log.mockRestore();
  expect(await here.kept()).not.toEqual([]);
  await here.finish();
  expect(await proposals(store(here.tenantId), here.collectionId)).toEqual([]);
  expect(await here.kept()).toEqual([]);
});
