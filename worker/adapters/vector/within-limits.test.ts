import { expect, test } from "vitest";
import type { VectorStore } from "../../ports/vector-store.ts";
import { keepInPostgres } from "./keep-in-postgres.ts";
import { withinLimits } from "./within-limits.ts";

/** A store that does nothing but note what it is asked; `failing` names the method that fails. */
function noting(name: string, calls: string[], failing?: keyof VectorStore): VectorStore {
  const note = async (method: keyof VectorStore) => {
    calls.push(`${name} ${method}`);
    if (method === failing) throw new Error(`${name} is away`);
  };
  return {
    upsert: () => note("upsert"),
    query: async () => {
      await note("query");
      return [{ id: name, score: 1 }];
    },
    delete: () => note("delete"),
    present: async (ids) => {
      await note("present");
      return [...ids, name];
    },
  };
}

const entry = { id: "a", collectionId: "c", vector: [1, 0] };

test("where there is nothing to ask, nobody is asked", async () => {
  const calls: string[] = [];
  const store = withinLimits(noting("store", calls), 2);
  await store.upsert([]);
  await store.delete([]);
  expect(await store.present([])).toEqual([]);
  expect(await store.query({ vector: [1, 0], topK: 5, collectionIds: [] })).toEqual([]);
  expect(await store.query({ vector: [1, 0], topK: 0, collectionIds: ["c"] })).toEqual([]);
  expect(calls).toEqual([]);
});

test("one vector of other dimensions keeps all of a call from being written", async () => {
  const calls: string[] = [];
  const store = withinLimits(noting("store", calls), 2);
  await expect(store.upsert([entry, { ...entry, vector: [1] }])).rejects.toThrow(/1 numbers.*is 2/);
  expect(calls).toEqual([]);
});

test("Postgres is written first and cleared last, and isn't asked", async () => {
  const calls: string[] = [];
  const store = keepInPostgres(noting("kept", calls), noting("external", calls));
  await store.upsert([entry]);
  await store.delete(["a"]);
  expect(await store.query({ vector: [1, 0], topK: 5, collectionIds: ["c"] })).toEqual([
    { id: "external", score: 1 },
  ]);
  expect(calls).toEqual([
    "kept upsert",
    "external upsert",
    "external delete",
    "kept delete",
    "external query",
  ]);
});

test("a vector is there as long as one of the two holds it", async () => {
  const calls: string[] = [];
  const store = withinLimits(keepInPostgres(noting("kept", calls), noting("external", calls)), 2);
  expect((await store.present(["a", "a"])).toSorted()).toEqual(["a", "external", "kept"]);
});

test("a vector that the external store didn't delete stays in Postgres too, and the failure is told", async () => {
  const calls: string[] = [];
  const store = keepInPostgres(noting("kept", calls), noting("external", calls, "delete"));
  await expect(store.delete(["a"])).rejects.toThrow(/external is away/);
  expect(calls).toEqual(["external delete"]);
});

test("a vector that Postgres refuses doesn't reach the external store", async () => {
  const calls: string[] = [];
  const store = keepInPostgres(noting("kept", calls, "upsert"), noting("external", calls));
  await expect(store.upsert([entry])).rejects.toThrow(/kept is away/);
  expect(calls).toEqual(["kept upsert"]);
});
