import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type QdrantServer, startQdrantServer } from "./start.ts";

const KEY = "key";
const ID = "5c56c793-69f3-4fbf-87e6-c4bf54c28c26";
const OTHER = "5c56c793-69f3-4fbf-87e6-c4bf54c28c27";

let server: QdrantServer;
beforeAll(async () => {
  server = await startQdrantServer({ port: 0, apiKey: KEY });
});
afterAll(() => server.close());

async function call(method: string, path: string, body?: unknown, headers: object = { "api-key": KEY }) {
  const response = await fetch(server.url + path, {
    method,
    headers: { ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const { result, status } = (text.startsWith("{") ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, result, error: (status as { error?: string })?.error, text, response };
}

/** A collection with both indexes, and one point of each of two tenants. */
async function collection(name: string): Promise<string> {
  const path = `/collections/${name}`;
  await call("PUT", path, { vectors: { size: 2, distance: "Cosine" } });
  for (const field_name of ["tenant", "collection"]) {
    await call("PUT", `${path}/index?wait=true`, { field_name, field_schema: { type: "keyword" } });
  }
  const points = [
    { id: ID, vector: [1, 0], payload: { tenant: "one", collection: "a" } },
    { id: OTHER, vector: [0, 2], payload: { tenant: "two", collection: "b" } },
  ];
  expect(await call("PUT", `${path}/points?wait=true`, { points })).toMatchObject({ status: 200 });
  return path;
}

const ofTenant = (value: string) => ({ must: [{ key: "tenant", match: { value } }] });

test("a key is asked for, in plain text as Qdrant does", async () => {
  expect(await call("GET", "/collections/x", undefined, {})).toMatchObject({
    status: 401,
    text: expect.stringMatching(/^Must provide an API key/),
  });
  expect(await call("GET", "/collections/x", undefined, { "api-key": "wrong" })).toMatchObject({
    status: 401,
    text: "Invalid API key or JWT",
  });
});

test("a collection is made once, told about, and deleted", async () => {
  expect(await call("GET", "/collections/once")).toMatchObject({
    status: 404,
    error: "Not found: Collection `once` doesn't exist!",
  });
  const path = await collection("once");
  expect(await call("PUT", path, { vectors: { size: 3, distance: "Cosine" } })).toMatchObject({
    status: 409,
    error: "Wrong input: Collection `once` already exists!",
  });
  expect((await call("GET", path)).result).toMatchObject({
    points_count: 2,
    config: { params: { vectors: { size: 2, distance: "Cosine" } } },
    payload_schema: { tenant: { data_type: "keyword" }, collection: { data_type: "keyword" } },
  });
  expect((await call("DELETE", path)).result).toBe(true);
  expect(await call("POST", `${path}/points/query`, { query: [1, 0] })).toMatchObject({ status: 404 });
});

test("a query gives the cosine of what its filter lets through", async () => {
  const path = await collection("query");
  const query = { query: [1, 1], limit: 5, filter: ofTenant("two") };
  const { result } = await call("POST", `${path}/points/query`, query);
  expect(result).toEqual({
    points: [{ id: OTHER, version: expect.any(Number), score: expect.closeTo(Math.SQRT1_2, 6) }],
  });
});

test("bodies are refused with Qdrant's wording", async () => {
  const path = await collection("bodies");
  const refused = async (method: string, rest: string, body: unknown) => {
    const { status, error } = await call(method, path + rest, body);
    return `${status} ${error}`;
  };
  expect(await refused("POST", "/points/query", { query: [1], limit: 1 })).toBe(
    "400 Wrong input: Vector dimension error: expected dim: 2, got 1",
  );
  expect(await refused("PUT", "/points", { points: [{ id: ID, vector: [1, 2, 3] }] })).toMatch(
    /^400 .*got 3/,
  );
  expect(await refused("POST", "/points/query", "{")).toMatch(/^400 Format error in JSON body/);
  expect(await refused("POST", "/points/query", { query: [1, 0], top: 3 })).toMatch(/^400 Format error/);
  expect(await refused("POST", "/points/query", { query: [1, 0], limit: 0 })).toMatch(
    /^422 Validation error/,
  );
  expect(await refused("PUT", "/points", { points: [{ id: "a", vector: [1, 0] }] })).toMatch(/^400 /);
  const unindexed = { query: [1, 0], filter: { must: [{ key: "author", match: { value: "x" } }] } };
  expect(await refused("POST", "/points/query", unindexed)).toMatch(/^400 Bad request: Index required/);
});

test("an update filter leaves other points as they are", async () => {
  const path = await collection("conditional");
  const points = [ID, OTHER].map((id) => ({ id, vector: [-1, 0], payload: { tenant: "one" } }));
  await call("PUT", `${path}/points?wait=true`, { points, update_filter: ofTenant("one") });
  const { result } = await call("POST", `${path}/points/query`, { query: [0, 1] });
  expect(result).toMatchObject({
    points: [
      { id: OTHER, score: 1 },
      { id: ID, score: expect.closeTo(0, 6) },
    ],
  });
});

test("a write that isn't waited for shows late, in its turn", async () => {
  const path = await collection("late");
  const found = async () => {
    const { result } = await call("POST", `${path}/points/query`, { query: [1, 0], filter: ofTenant("one") });
    return (result as { points: unknown[] }).points.length;
  };
  await call("POST", "/_control/late", { visibility_delay_ms: 400 });
  const body = { filter: ofTenant("one") };
  expect((await call("POST", `${path}/points/delete`, body)).result).toMatchObject({
    status: "acknowledged",
  });
  expect(await found()).toBe(1);
  await sleep(500);
  expect(await found()).toBe(0);
});

test("faults are one collection's, counted, and told with Qdrant's headers", async () => {
  const path = await collection("faults");
  await call("POST", "/_control/faults", { fault: { kind: "429", times: 2, retry_after: 7 } });
  for (let time = 0; time < 2; time++) {
    const { status, error, response } = await call("GET", path);
    expect(status).toBe(429);
    expect(error).toMatch(/^Rate limiting exceeded/);
    expect(response.headers.get("retry-after")).toBe("7");
  }
  expect(await call("GET", path)).toMatchObject({ status: 200 });
  const { result } = await call("GET", "/_control/faults");
  expect((result as { requests: string[] }).requests.slice(-3)).toEqual(["GET ", "GET ", "GET "]);
});
