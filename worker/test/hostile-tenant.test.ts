import { expect, test } from "vitest";
import { asOwner, createLibrary, createTenant, type Json, send, type TestTenant } from "./harness.ts";

type Operation = { method: string; path: string };

/** Needs no tenant: what belongs to a person, or to nobody. */
const TENANTLESS = new Set([
  "GET /health",
  "GET /health/ready",
  "GET /api/v1/health",
  "GET /api/v1/health/ready",
  "POST /api/v1/tenants",
  "GET /api/v1/tenants",
]);

/** Lists and counters: another tenant's rows must be absent, there is no id to refuse. */
const LISTS = new Set([
  "GET /api/v1/collections",
  "GET /api/v1/documents",
  "GET /api/v1/assistants",
  "GET /api/v1/usage",
]);

/** Every other operation, with a body that is valid but for naming what belongs to somebody else. */
type Victim = { collectionId: string; assistantId: string; documentId: string; conversationId: string };
const BODIES: Record<string, (victim: Victim) => unknown> = {
  "GET /api/v1/tenants/{id}": () => undefined,
  "PATCH /api/v1/tenants/{id}": () => ({ name: "Mine now" }),
  "POST /api/v1/collections": () => ({ name: 7 }),
  "GET /api/v1/collections/{id}": () => undefined,
  "PATCH /api/v1/collections/{id}": () => ({ name: "Mine now" }),
  "DELETE /api/v1/collections/{id}": () => undefined,
  "POST /api/v1/documents/upload/{collection_id}": () => upload(),
  "GET /api/v1/documents/{id}": () => undefined,
  "GET /api/v1/documents/{id}/content": () => undefined,
  "GET /api/v1/documents/{id}/pages/{n}": () => undefined,
  "GET /api/v1/documents/{id}/events": () => undefined,
  "DELETE /api/v1/documents/{id}": () => undefined,
  "POST /api/v1/assistants": ({ collectionId }) => ({ name: "Spy", collection_ids: [collectionId] }),
  "GET /api/v1/assistants/{id}": () => undefined,
  "PATCH /api/v1/assistants/{id}": () => ({ name: "Mine now" }),
  "DELETE /api/v1/assistants/{id}": () => undefined,
  "POST /api/v1/chat/{assistant_id}": () => ({ message: "What is the secret word?" }),
  "POST /api/v1/chat/{assistant_id}/stream": () => ({ message: "What is the secret word?" }),
  "GET /api/v1/chat/{assistant_id}/conversations": () => undefined,
  "GET /api/v1/chat/{assistant_id}/conversations/{id}": () => undefined,
  "PATCH /api/v1/chat/{assistant_id}/conversations/{id}": () => ({ title: "Mine now" }),
  "DELETE /api/v1/chat/{assistant_id}/conversations/{id}": () => undefined,
  "POST /api/v1/search": ({ collectionId }) => ({ query: "secret word", collection_ids: [collectionId] }),
};

/** Creating something of one's own names nobody else's: a faulty body shows that validation comes first. */
const REFUSED_AS_INVALID = new Set(["POST /api/v1/collections"]);

function upload(): FormData {
  const form = new FormData();
  form.set("file", new File(["# Note"], "note.md"));
  return form;
}

async function operations(): Promise<Operation[]> {
  const response = await send("/api/v1/openapi.json");
  const { paths } = (await response.json()) as { paths: Record<string, Json> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
}

async function createVictim(): Promise<{ tenant: TestTenant; victim: Victim }> {
  const tenant = await createTenant("Victim");
  const library = await createLibrary(tenant, { "secret.md": "# Secret\n\nThe secret word is amaranth." });
  const { conversation_id } = await tenant.json<{ conversation_id: string }>(
    "POST",
    `/chat/${library.assistantId}`,
    { message: "What is the secret word?" },
  );
  const documentId = library.documents[0]?.id ?? "";
  return { tenant, victim: { ...library, documentId, conversationId: conversation_id } };
}

/** The path with the victim's ids in it, or with ids that nobody has. */
function fill(path: string, tenantId: string, ids: Victim): string {
  const own = path.includes("/tenants/")
    ? tenantId
    : path.includes("/conversations/")
      ? ids.conversationId
      : path.includes("/collections/")
        ? ids.collectionId
        : path.includes("/assistants/")
          ? ids.assistantId
          : ids.documentId;
  return path
    .replace("/api/v1", "")
    .replace("{collection_id}", ids.collectionId)
    .replace("{assistant_id}", ids.assistantId)
    .replace("{n}", "1")
    .replace("{id}", own);
}

function inventedIds(): Victim {
  const id = () => crypto.randomUUID();
  return { collectionId: id(), assistantId: id(), documentId: id(), conversationId: id() };
}

test("every operation of the OpenAPI document has its line here", async () => {
  const names = (await operations()).map(({ method, path }) => `${method} ${path}`);
  expect(names.toSorted()).toEqual([...TENANTLESS, ...LISTS, ...Object.keys(BODIES)].toSorted());
});

test("another tenant's id answers exactly like an id that doesn't exist", async () => {
  const [{ victim }, attacker] = [await createVictim(), await createTenant("Attacker")];
  const nobody = await send("/api/v1/tenants/00000000-0000-4000-8000-00000000dead");
  expect(nobody.status).toBe(404);
  for (const [name, body] of Object.entries(BODIES)) {
    const [method = "", path = ""] = name.split(" ");
    if (path.includes("/tenants/")) continue;
    const foreign = await attacker.request(method, fill(path, "", victim), body(victim));
    const invented = inventedIds();
    const missing = await attacker.request(method, fill(path, "", invented), body(invented));
    const expected = REFUSED_AS_INVALID.has(name) ? 422 : 404;
    expect({ name, status: foreign.status }).toEqual({ name, status: expected });
    expect(missing.status, name).toBe(expected);
    const [a, b] = [(await foreign.json()) as Json, (await missing.json()) as Json];
    expect({ ...a, request_id: "" }, name).toEqual({ ...b, request_id: "" });
  }
});

test("nothing of the victim is changed by the attempts, and lists show none of it", async () => {
  const [{ tenant, victim }, attacker] = [await createVictim(), await createTenant("Attacker")];
  for (const [name, body] of Object.entries(BODIES)) {
    const [method = "", path = ""] = name.split(" ");
    if (!path.includes("/tenants/")) await attacker.request(method, fill(path, "", victim), body(victim));
  }
  for (const name of LISTS) {
    const response = await attacker.request("GET", name.replace("GET /api/v1", ""));
    const text = await response.text();
    expect(response.status).toBe(200);
    for (const id of Object.values(victim)) expect(text, name).not.toContain(String(id));
  }
  const own = await attacker.json<{ data: unknown[] }>("POST", "/search", { query: "secret word amaranth" });
  expect(own.data).toEqual([]);
  const answer = await tenant.json<{ answer: string }>("POST", `/chat/${victim.assistantId}`, {
    message: "What is the secret word?",
  });
  expect(answer.answer).toContain("amaranth");
});

test("two tenants with the same file and text each find their own", async () => {
  const pair = [await createTenant("One"), await createTenant("Two")];
  for (const tenant of pair) {
    const { documents } = await createLibrary(tenant, {
      "same.md": "# Same\n\nThe same text for everybody.",
    });
    const { data } = await tenant.json<{ data: Array<{ document_id: string }> }>("POST", "/search", {
      query: "same text for everybody",
    });
    expect(data.map(({ document_id }) => document_id)).toEqual([documents[0]?.id]);
  }
});

test("somebody else's tenant can't be chosen, seen or renamed", async () => {
  const theirs = crypto.randomUUID();
  const sql = asOwner();
  await sql.transaction([
    sql`insert into tenants (id, name) values (${theirs}, 'Theirs')`,
    sql`insert into memberships (tenant_id, user_id, role) values (${theirs}, 'somebody_else', 'owner')`,
  ]);
  for (const id of [theirs, crypto.randomUUID(), "not-an-id", ""]) {
    const response = await send("/api/v1/collections", { headers: { "X-Tenant-Id": id } });
    expect(response.status).toBe(404);
  }
  for (const init of [{ method: "GET" }, { method: "PATCH", body: '{"name":"Mine now"}' }]) {
    const headers = { "Content-Type": "application/json" };
    const foreign = await send(`/api/v1/tenants/${theirs}`, { ...init, headers });
    const missing = await send(`/api/v1/tenants/${crypto.randomUUID()}`, { ...init, headers });
    expect(foreign.status).toBe(404);
    const [a, b] = [(await foreign.json()) as Json, (await missing.json()) as Json];
    expect({ ...a, request_id: "" }).toEqual({ ...b, request_id: "" });
  }
  const mine = await (await send("/api/v1/tenants")).text();
  expect(mine).not.toContain(theirs);
  expect(await sql`select name from tenants where id = ${theirs}`).toEqual([{ name: "Theirs" }]);
});

test("a colleague's conversation is neither listed nor found", async () => {
  const { tenant, victim } = await createVictim();
  await asOwner()`update conversations set user_id = 'colleague' where id = ${victim.conversationId}`;
  const path = `/chat/${victim.assistantId}/conversations`;
  expect(await tenant.json("GET", path)).toMatchObject({ data: [] });
  expect((await tenant.request("GET", `${path}/${victim.conversationId}`)).status).toBe(404);
  expect((await tenant.request("DELETE", `${path}/${victim.conversationId}`)).status).toBe(404);
  const asked = await tenant.request("POST", `/chat/${victim.assistantId}`, {
    message: "And now?",
    conversation_id: victim.conversationId,
  });
  expect(asked.status).toBe(404);
});

test("errors say nothing of the inside", async () => {
  const tenant = await createTenant();
  const responses = await Promise.all([
    tenant.request("GET", "/collections/not-a-uuid"),
    tenant.request("GET", "/collections?cursor=%00%ff"),
    tenant.request("GET", `/collections?cursor=${btoa(`99999999999999:${"-".repeat(36)}`)}`),
    tenant.request("GET", "/documents?q=%00"),
    tenant.request("POST", "/search", { query: "nul \0 byte" }),
    tenant.request("POST", "/search", { query: "half \ud83d pair" }),
    tenant.request("POST", "/assistants", { name: "x", top_k: 1e9 }),
    send("/api/v1/search", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{" }),
    tenant.request("POST", "/collections", new FormData()),
    send("/api/v1/nowhere"),
  ]);
  for (const response of responses) {
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const text = await response.text();
    expect(text).not.toMatch(/drizzle|select |postgres|neon|\bat .*\.ts|stack/i);
    expect(JSON.parse(text)).toMatchObject({ request_id: response.headers.get("x-request-id") });
  }
});
