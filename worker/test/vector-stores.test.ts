import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { createQdrantStores } from "../adapters/vector/qdrant.ts";
import { collectionName } from "../adapters/vector/qdrant-collection.ts";
import { createVectorizeStore } from "../adapters/vector/vectorize.ts";
import worker from "../index.ts";
import { asOwner, type DocumentJson, type Json } from "./harness.ts";
import { qdrantStandIn } from "./qdrant-stand-in.ts";
import { VectorizeStandIn } from "./vectorize-stand-in.ts";

const DIMENSIONS = 64;
const HOUR_MS = 3_600_000;
const NOTE = "# Cellar\n\nThe cellar is kept at twelve degrees all year round.";
const QUERY = "How many degrees has the cellar?";

type SearchHit = { document_id: string; lexical_score: number | null; dense_score: number | null };

/** A deployment with another vector store, one tenant in it, and a queue that a test turns by hand. */
async function deploy(variables: Json) {
  const queue: unknown[] = [];
  const raw = {
    ...env,
    EMBEDDING_DIMENSIONS: String(DIMENSIONS),
    ...variables,
    INGEST_QUEUE: {
      send: async (body: unknown) => void queue.push(body),
      sendBatch: async (messages: Iterable<{ body: unknown }>) => {
        for (const { body } of messages) queue.push(body);
      },
    },
  } as Record<string, unknown>;
  let tenantId = "";

  async function request(method: string, path: string, body?: unknown): Promise<Response> {
    const form = body instanceof FormData;
    const headers = {
      ...(tenantId ? { "X-Tenant-Id": tenantId } : {}),
      ...(body && !form ? { "Content-Type": "application/json" } : {}),
    };
    const init = { method, headers, ...(body ? { body: form ? body : JSON.stringify(body) } : {}) };
    const url = `http://ancre.test/api/v1${path}`;
    return worker.fetch(new Request(url, init) as never, raw, createExecutionContext());
  }

  async function json<T = Json>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await request(method, path, body);
    const text = await response.text();
    expect(response.ok, `${method} ${path} → ${response.status} ${text}`).toBe(true);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** Hands over what is queued, once, when every wait is over; what is to be retried is queued again. */
  async function turn(): Promise<void> {
    await asOwner()`update ingest_jobs set ready_at = least(ready_at, now()) where tenant_id = ${tenantId}`;
    const messages = queue
      .splice(0)
      .map((body, index) => ({ id: String(index), timestamp: new Date(), attempts: 1, body }));
    const batch = createMessageBatch("ancre-ingest", messages);
    await worker.queue(batch as never, raw);
    const { retryMessages } = await getQueueResult(batch, createExecutionContext());
    for (const { msgId } of retryMessages) queue.push(messages[Number(msgId)]?.body);
  }

  tenantId = (await json<{ id: string }>("POST", "/tenants", { name: "Stores" })).id;
  const collection = await json<{ id: string }>("POST", "/collections", { name: "Library" });
  return {
    tenantId,
    collectionId: collection.id,
    request,
    json,
    turn,
    async upload(content: string): Promise<string> {
      const form = new FormData();
      form.set("file", new File([content], "note.md"));
      const path = `/documents/upload/${collection.id}`;
      return (await json<DocumentJson>("POST", path, form)).id;
    },
    async finish(): Promise<void> {
      for (let turns = 0; queue.length > 0 && turns < 20; turns++) await turn();
      expect(queue).toEqual([]);
    },
    search: async () => (await json<{ data: SearchHit[] }>("POST", "/search", { query: QUERY })).data,
    kept: () => asOwner()`select * from chunk_embeddings where tenant_id = ${tenantId}`,
  };
}

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
    const hits = await here.search();
    expect(hits[0]).toMatchObject({ document_id: id, dense_score: expect.any(Number) });
    const kept = await here.kept();
    expect(kept.length).toBeGreaterThan(0);
    expect((await proposals(store, here.collectionId)).map((hit) => hit.id).sort()).toEqual(
      kept.map((row) => row.chunk_id).sort(),
    );
    await here.request("DELETE", `/documents/${id}`);
    expect(await here.search()).toEqual([]);
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
  expect(await here.search()).toEqual([expect.objectContaining({ ...found, dense_score: null })]);
  index.catchUp();
  expect(await here.search()).toEqual([
    expect.objectContaining({ ...found, dense_score: expect.any(Number) }),
  ]);
});

test("a deleted document never appears, however long the store goes on proposing it", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const id = await here.upload(NOTE);
  await here.finish();
  expect(await here.search()).toHaveLength(1);
  index.delayMs = HOUR_MS;
  await here.request("DELETE", `/documents/${id}`);
  expect(await here.search()).toEqual([]);
  await here.finish();
  expect(await here.kept()).toEqual([]);
  expect(await proposals(vectorize(here.tenantId, index), here.collectionId)).not.toEqual([]);
  expect(await here.search()).toEqual([]);
  index.catchUp();
  expect(await proposals(vectorize(here.tenantId, index), here.collectionId)).toEqual([]);
});

test("a store that is away delays a document, and answers questions with a 503 that leaks nothing", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    const id = await here.upload(NOTE);
    index.failNext(503, 100);
    await here.turn();
    expect(await here.json("GET", `/documents/${id}`)).toMatchObject({
      status: "processing",
      error_code: null,
    });
    const response = await here.request("POST", "/search", { query: QUERY });
    expect(response.status).toBe(503);
    const problem = await response.text();
    expect(JSON.parse(problem)).toMatchObject({ code: "upstream_unavailable" });
    expect(problem).not.toMatch(/vectorize/i);
    const assistant = await here.json<{ id: string }>("POST", "/assistants", {
      name: "Reader",
      collection_ids: [here.collectionId],
    });
    const answer = await here.request("POST", `/chat/${assistant.id}`, { message: QUERY });
    expect(answer.status).toBe(503);
    index.failNext(503, 0);
    await here.finish();
    expect(await here.json("GET", `/documents/${id}`)).toMatchObject({ status: "ready" });
    expect(await here.search()).toHaveLength(1);
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
