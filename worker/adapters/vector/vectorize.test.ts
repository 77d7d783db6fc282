import { expect, test, vi } from "vitest";
import { VectorStoreError } from "../../ports/vector-store.ts";
import { VectorizeStandIn } from "../../test/vectorize-stand-in.ts";
import { describeVectorStore } from "./contract.ts";
import { createVectorizeStore } from "./vectorize.ts";
import { withinLimits } from "./within-limits.ts";

const DIMENSIONS = 8;
const MODEL = "contract@8";

for (const delayMs of [0, 40]) {
  describeVectorStore(`Vectorize's stand-in, writes showing after ${delayMs} ms`, {
    async make() {
      const index = new VectorizeStandIn(DIMENSIONS);
      index.delayMs = delayMs;
      return {
        dimensions: DIMENSIONS,
        open: (tenantId, model = MODEL) =>
          withinLimits(createVectorizeStore(index, { tenantId, model }), DIMENSIONS),
        chunks: async (_tenant, _collection, count) =>
          Array.from({ length: count }, () => crypto.randomUUID()),
      };
    },
    exceptions: [],
    settle: async (assertion) => void (await vi.waitFor(assertion, { timeout: 5_000, interval: 10 })),
  });
}

function open(index: VectorizeStandIn, budgetMs?: number) {
  const tenantId = crypto.randomUUID();
  const options = { tenantId, model: MODEL, ...(budgetMs ? { budgetMs } : {}) };
  const [id, collectionId] = [crypto.randomUUID(), crypto.randomUUID()];
  const vector = [1, 0, 0, 0, 0, 0, 0, 0];
  return {
    store: createVectorizeStore(index, options),
    entry: { id, collectionId, vector },
    query: { vector, topK: 5, collectionIds: [collectionId] },
  };
}

async function failure(work: Promise<unknown>): Promise<VectorStoreError> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(VectorStoreError);
  return error as VectorStoreError;
}

test.each([429, 500, 503])("Vectorize: what passes after a %i is tried again", async (status) => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const { store, entry, query } = open(index);
  for (const call of [
    () => store.upsert([entry]),
    () => store.query(query),
    () => store.delete([entry.id]),
    () => store.present([entry.id]),
  ]) {
    index.failNext(status, 2);
    await call();
  }
  expect(index.calls).toHaveLength(12);
  expect(index.size).toBe(0);
});

test("Vectorize: retries end, with an error that may pass later", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const { store, query } = open(index);
  index.failNext(503, 100);
  expect(await failure(store.query(query))).toMatchObject({ retryable: true });
  expect(index.calls).toHaveLength(4);
});

test("Vectorize: a refusal is not tried again", async () => {
  const index = new VectorizeStandIn(DIMENSIONS + 1);
  const { store, entry, query } = open(index);
  for (const call of [store.upsert([entry]), store.query(query)]) {
    const error = await failure(call);
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toMatch(/Vectorize .* failed: .*code = 40006.*expected 9 dimensions, got 8/);
  }
  expect(index.calls).toEqual(["upsert", "query"]);
});

test("Vectorize: a metadata index that is missing is a refusal, not an empty answer", async () => {
  const { store, query } = open(new VectorizeStandIn(DIMENSIONS, ["collection"]));
  expect((await failure(store.query(query))).message).toMatch(/no metadata index on model/);
});

test("Vectorize: a call that hangs ends within its time, and may pass later", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const { store, entry, query } = open(index, 200);
  for (const call of [
    () => store.upsert([entry]),
    () => store.query(query),
    () => store.delete([entry.id]),
    () => store.present([entry.id]),
  ]) {
    index.failNext("hang");
    const start = Date.now();
    const error = await failure(call());
    expect(error).toMatchObject({ retryable: true });
    expect(error.message).toMatch(/in time/);
    expect(Date.now() - start).toBeLessThan(5_000);
  }
});

test("Vectorize's stand-in refuses what Vectorize does", async () => {
  const index = new VectorizeStandIn(2);
  const vector = { id: "a", values: [1, 0], namespace: "t" };
  const scoped = { namespace: "t" };
  await expect(index.query([1, 0])).rejects.toThrow(/without a namespace/);
  await expect(index.query([1, 0], { ...scoped, topK: 101 })).rejects.toThrow(/max top K is 100/);
  await expect(index.query([1, 0], { ...scoped, topK: 21, returnValues: true })).rejects.toThrow(/is 20/);
  await expect(index.query([1, 0], { ...scoped, topK: 21, returnMetadata: "all" })).rejects.toThrow(/is 20/);
  await expect(index.query([1, 0], { ...scoped, limit: 3 } as never)).rejects.toThrow(/unknown field limit/);
  await expect(index.query([1, 0], { ...scoped, filter: { tenant: "t" } })).rejects.toThrow(/metadata index/);
  const long = { model: "x".repeat(2_100) };
  await expect(index.query([1, 0], { ...scoped, filter: long })).rejects.toThrow(/less than 2048/);
  await expect(index.upsert([{ ...vector, id: "x".repeat(65) }])).rejects.toThrow(/max is 64 bytes/);
  await expect(index.upsert([{ ...vector, values: [1] }])).rejects.toThrow(/expected 2 dimensions/);
  await expect(index.upsert([{ ...vector, metadata: { "a.b": "c" } }])).rejects.toThrow(/metadata key/);
  await expect(index.upsert(new Array(1_001).fill(vector))).rejects.toThrow(/max batch is 1000/);
  await expect(index.deleteByIds(new Array(101).fill("a"))).rejects.toThrow(/max id count is 100/);
  await expect(index.getByIds(new Array(21).fill("a"))).rejects.toThrow(/max id count is 20/);
});
