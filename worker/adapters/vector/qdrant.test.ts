import { expect, test } from "vitest";
import { type VectorStore, VectorStoreError } from "../../ports/vector-store.ts";
import { qdrantStandIn } from "../../test/qdrant-stand-in.ts";
import { describeVectorStore } from "./contract.ts";
import { createQdrantStores } from "./qdrant.ts";
import { collectionName } from "./qdrant-collection.ts";
import { withinLimits } from "./within-limits.ts";

const DIMENSIONS = 8;
const { url, apiKey } = qdrantStandIn();

describeVectorStore("Qdrant's stand-in", {
  async make() {
    const suite = `contract-${crypto.randomUUID()}`;
    return {
      dimensions: DIMENSIONS,
      open: (tenantId, model = suite) =>
        withinLimits(
          createQdrantStores({ url, apiKey, model, dimensions: DIMENSIONS })(tenantId),
          DIMENSIONS,
        ),
      chunks: async (_tenant, _collection, count) => Array.from({ length: count }, () => crypto.randomUUID()),
    };
  },
  exceptions: [],
});

/** A store with a collection of its own at the stand-in, and what the stand-in can be told about it. */
async function rig(options: Partial<Parameters<typeof createQdrantStores>[0]> = {}) {
  const model = options.model ?? `rig-${crypto.randomUUID()}`;
  const control = async (method: string, body?: unknown) => {
    const response = await fetch(`${url}/_control/${await collectionName(model)}`, {
      method,
      headers: { "api-key": apiKey },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(response.status).toBe(200);
    return ((await response.json()) as { result: { requests: string[] } }).result;
  };
  const [id, collectionId] = [crypto.randomUUID(), crypto.randomUUID()];
  const vector = [1, 0, 0, 0, 0, 0, 0, 0];
  return {
    model,
    store: createQdrantStores({ url, apiKey, dimensions: DIMENSIONS, ...options, model })(
      crypto.randomUUID(),
    ),
    entry: { id, collectionId, vector },
    query: { vector, topK: 5, collectionIds: [collectionId] },
    fail: (kind: string, more: object = {}) => control("POST", { fault: { kind, ...more } }),
    requests: async () => (await control("GET")).requests,
  };
}

type Rig = Awaited<ReturnType<typeof rig>>;

const CALLS: [string, (store: VectorStore, rig: Rig) => Promise<unknown>][] = [
  ["upsert", (store, { entry }) => store.upsert([entry])],
  ["query", (store, { query }) => store.query(query)],
  ["delete", (store, { entry }) => store.delete([entry.id])],
  ["present", (store, { entry }) => store.present([entry.id])],
];

async function failure(work: Promise<unknown>): Promise<VectorStoreError> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(VectorStoreError);
  return error as VectorStoreError;
}

test.each(CALLS)("Qdrant: %s is tried again after a 429, a 500 and a 503", async (_, call) => {
  const it = await rig();
  await it.store.upsert([it.entry]);
  for (const kind of ["429", "500", "503"]) {
    const before = (await it.requests()).length;
    await it.fail(kind, { times: 2 });
    await call(it.store, it);
    expect((await it.requests()).length - before).toBe(3);
  }
});

test("Qdrant: a Retry-After is waited for, when there is time, and else handed on", async () => {
  const it = await rig({ budgetMs: 4_000 });
  await it.store.upsert([it.entry]);
  await it.fail("429", { retry_after: 1 });
  const start = Date.now();
  expect(await it.store.query(it.query)).toHaveLength(1);
  expect(Date.now() - start).toBeGreaterThanOrEqual(950);
  await it.fail("429", { retry_after: 30 });
  expect(await failure(it.store.query(it.query))).toMatchObject({ retryable: true, retryAfterSeconds: 30 });
});

test.each(CALLS)("Qdrant: %s that hangs ends within its time, and may pass later", async (_, call) => {
  const it = await rig({ budgetMs: 1_000 });
  await it.store.upsert([it.entry]);
  await it.fail("hang");
  const start = Date.now();
  expect(await failure(call(it.store, it))).toMatchObject({ retryable: true });
  expect(Date.now() - start).toBeLessThan(20_000);
});

test("Qdrant: a call is tried again when the connection ends within its answer", async () => {
  const it = await rig();
  await it.store.upsert([it.entry]);
  await it.fail("cut");
  expect(await it.store.query(it.query)).toHaveLength(1);
});

test("Qdrant: a wrong key and a refused body are not tried again", async () => {
  const it = await rig({ apiKey: "wrong" });
  const refused = await failure(it.store.query(it.query));
  expect(refused).toMatchObject({ retryable: false, status: 401 });
  const other = await rig();
  await other.store.upsert([other.entry]);
  const before = (await other.requests()).length;
  const error = await failure(other.store.query({ ...other.query, vector: [1] }));
  expect(error).toMatchObject({ retryable: false, status: 400 });
  expect(error.message).toMatch(/expected dim: 8, got 1/);
  expect((await other.requests()).length - before).toBe(1);
});

test("Qdrant: an address where no Qdrant is isn't taken for an empty collection", async () => {
  const { store, query } = await rig({ url: `${url}/elsewhere` });
  expect(await failure(store.query(query))).toMatchObject({ retryable: false, status: 404 });
});

test("Qdrant: the collection and its indexes are made once, by however many isolates begin at once", async () => {
  const first = await rig();
  const others = await Promise.all(Array.from({ length: 5 }, () => rig({ model: first.model })));
  await Promise.all([first, ...others].map(({ store, entry }) => store.upsert([entry])));
  await Promise.all(
    others.map(async ({ store, query, entry }) => {
      expect((await store.query(query)).map((hit) => hit.id)).toEqual([entry.id]);
    }),
  );
  const before = await first.requests();
  await first.store.upsert([first.entry]);
  expect((await first.requests()).slice(before.length)).toEqual(["PUT points"]);
});

test("Qdrant: indexes that a stopped isolate left out are made by the next", async () => {
  const it = await rig();
  const collection = `${url}/collections/${await collectionName(it.model)}`;
  const body = JSON.stringify({ vectors: { size: DIMENSIONS, distance: "Cosine" } });
  await fetch(collection, { method: "PUT", headers: { "api-key": apiKey }, body });
  await it.store.upsert([it.entry]);
  expect(await it.requests()).toEqual(["PUT ", "GET ", "PUT index", "PUT index", "PUT points"]);
  const { result } = (await (await fetch(collection, { headers: { "api-key": apiKey } })).json()) as {
    result: { payload_schema: unknown };
  };
  expect(result.payload_schema).toMatchObject({ tenant: { params: { is_tenant: true } }, collection: {} });
});

test("Qdrant: a collection of other dimensions is refused for good, with both numbers", async () => {
  const it = await rig();
  await it.store.upsert([it.entry]);
  const other = await rig({ model: it.model, dimensions: 16 });
  const error = await failure(other.store.upsert([other.entry]));
  expect(error).toMatchObject({ retryable: false });
  expect(error.message).toMatch(/vectors of 8 numbers.*EMBEDDING_DIMENSIONS is 16/);
});

test("Qdrant: a collection that was dropped is made again by the next try", async () => {
  const it = await rig();
  await it.store.upsert([it.entry]);
  const collection = `${url}/collections/${await collectionName(it.model)}`;
  await fetch(collection, { method: "DELETE", headers: { "api-key": apiKey } });
  expect(await it.store.query(it.query)).toEqual([]);
  await it.store.delete([it.entry.id]);
  expect(await failure(it.store.upsert([it.entry]))).toMatchObject({ retryable: true });
  await it.store.upsert([it.entry]);
  expect(await it.store.query(it.query)).toHaveLength(1);
});
