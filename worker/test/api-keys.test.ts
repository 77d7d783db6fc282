import { expect, test, vi } from "vitest";
import { mintKey } from "../services/api-keys/key-text.ts";
import {
  asOwner,
  createLibrary,
  createTenant,
  type Json,
  parseEvents,
  send,
  signIn,
  type TestTenant,
  uniqueId,
  withApiKey,
} from "./harness.ts";

type Scope = "chat" | "read" | "write";
type Key = { id: string; prefix: string; last_used_at: string | null; revoked_at: string | null };

const ALL: Scope[] = ["chat", "read", "write"];
const NOTE = { "note.md": "# Notice\n\nThe notice period is two months." };
const QUESTION = { message: "How long is the notice period?" };

function withText(text: string): Promise<Response> {
  return send("/api/v1/collections", { headers: { Authorization: `Bearer ${text}` } });
}

/** The problem without what differs from one request to the next. */
async function problem(response: Response): Promise<Json> {
  return { http: response.status, ...((await response.json()) as Json), request_id: "" };
}

function upload(): FormData {
  const form = new FormData();
  form.set("file", new File(["# Note"], "note.md"));
  return form;
}

/** The same key with one character exchanged for another. */
function mistyped(key: string, at: number): string {
  return key.slice(0, at) + (key[at] === "x" ? "y" : "x") + key.slice(at + 1);
}

async function listed(tenant: TestTenant): Promise<Key[]> {
  return (await tenant.json<{ data: Key[] }>("GET", "/api-keys")).data;
}

/** How long what happens after an answer may take on a busy machine. */
const SOON = { timeout: 60_000, interval: 50 };

test("a key is shown once: neither its list nor its row holds the secret", async () => {
  const tenant = await createTenant();
  const made = await tenant.json<Json>("POST", "/api-keys", { name: "Site", scopes: ["chat", "chat"] });
  const key = String(made.key);
  expect(key).toMatch(/^anc_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/);
  const [, id = "", secret = ""] = key.split("_");
  expect(made).toMatchObject({ prefix: `anc_${id}`, scopes: ["chat"], created_by: "dev_user" });
  expect(made).not.toHaveProperty("sha256");

  const rows = await asOwner()`select * from api_keys where id = ${String(made.id)}`;
  const [sha256] = rows.map((row) => String(row.sha256));
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  const list = await (await tenant.request("GET", "/api-keys")).text();
  expect(list).toContain(`anc_${id}`);
  const audit = await asOwner()`select * from audit_log where tenant_id = ${tenant.id}`;
  expect(JSON.stringify(audit)).toContain("api_key.created");
  for (const kept of [JSON.stringify(rows), JSON.stringify(audit), list]) expect(kept).not.toContain(secret);
  expect(list).not.toContain(sha256);
});

test("a mistyped key is refused without a look into the database", async () => {
  const { key } = await withApiKey(await createTenant(), { scopes: ["read"] });
  expect((await withText(key)).status).toBe(200);
  const spy = vi.spyOn(globalThis, "fetch");
  try {
    const unknown = (await mintKey()).text;
    expect(await problem(await withText(unknown))).toMatchObject({ http: 401, code: "unauthenticated" });
    expect(spy, "a well-formed key is looked up").toHaveBeenCalled();
    spy.mockClear();
    const [first, ...others] = [
      ...[4, 10, 17, 40, 59, 61, key.length - 1].map((at) => mistyped(key, at)),
      key.slice(0, -1),
      `${key}0`,
      key.replace("anc_", "anc__"),
      key.toUpperCase().replace("ANC_", "anc_"),
      "anc_",
      `${key} ${key}`.replace(" ", "%20"),
    ];
    const refused = await problem(await withText(first ?? ""));
    expect(refused).toMatchObject({
      http: 401,
      code: "unauthenticated",
      detail: expect.stringMatching(/well-formed/),
    });
    for (const text of others) expect(await problem(await withText(text)), text).toEqual(refused);
    expect(spy).not.toHaveBeenCalled();
  } finally {
    spy.mockRestore();
  }
});

test("a wrong secret gets the same words as a key that nobody has", async () => {
  const { key, keyId } = await withApiKey(await createTenant(), { scopes: ["read"] });
  const unknown = await problem(await withText((await mintKey()).text));
  expect(unknown).toMatchObject({ http: 401, code: "unauthenticated", title: "Sign in first" });
  // Well-formed to its checksum and found by its prefix, but not what was issued.
  const { text, prefix } = await mintKey();
  await asOwner()`update api_keys set prefix = ${prefix} where id = ${keyId}`;
  expect(await problem(await withText(text))).toEqual(unknown);
  expect(await problem(await withText(key))).toEqual(unknown);
  expect(await asOwner()`select last_used_at from api_keys where id = ${keyId}`).toEqual([
    { last_used_at: null },
  ]);
});

/** What each scope alone gets; `{d}`, `{c}` and `{k}` are made anew for each. */
const SCOPE_TABLE: Array<[string, unknown, Record<Scope, number>]> = [
  ["POST /chat/{a}", QUESTION, { chat: 200, read: 403, write: 403 }],
  ["POST /chat/{a}/stream", QUESTION, { chat: 200, read: 403, write: 403 }],
  ["GET /chat/{a}/conversations", undefined, { chat: 200, read: 403, write: 403 }],
  ["GET /conversations", undefined, { chat: 200, read: 403, write: 403 }],
  ["GET /assistants", undefined, { chat: 200, read: 200, write: 200 }],
  ["GET /assistants/{a}", undefined, { chat: 200, read: 200, write: 200 }],
  ["GET /collections", undefined, { chat: 403, read: 200, write: 200 }],
  ["GET /collections/{c}", undefined, { chat: 403, read: 200, write: 200 }],
  ["GET /documents", undefined, { chat: 403, read: 200, write: 200 }],
  ["GET /documents/{d}", undefined, { chat: 403, read: 200, write: 200 }],
  ["GET /documents/{d}/content", undefined, { chat: 403, read: 200, write: 200 }],
  ["GET /documents/{d}/pages/1", undefined, { chat: 403, read: 200, write: 200 }],
  ["GET /documents/{d}/events", undefined, { chat: 403, read: 200, write: 200 }],
  ["POST /search", { query: "notice" }, { chat: 403, read: 200, write: 200 }],
  ["GET /usage", undefined, { chat: 403, read: 200, write: 200 }],
  ["GET /usage/history?from=2026-11-01&to=2026-11-30", undefined, { chat: 403, read: 200, write: 200 }],
  ["POST /collections", { name: "C" }, { chat: 403, read: 403, write: 201 }],
  ["PATCH /collections/{c}", { name: "D" }, { chat: 403, read: 403, write: 200 }],
  ["POST /documents/upload/{c}", upload, { chat: 403, read: 403, write: 202 }],
  ["DELETE /collections/{c}", undefined, { chat: 403, read: 403, write: 202 }],
  ["POST /assistants", { name: "A" }, { chat: 403, read: 403, write: 201 }],
  ["PATCH /assistants/{a}", { name: "B" }, { chat: 403, read: 403, write: 200 }],
  ["DELETE /documents/{d}", undefined, { chat: 403, read: 403, write: 202 }],
  ["DELETE /assistants/{a}", undefined, { chat: 403, read: 403, write: 202 }],
];

test("each scope does what its column says, and nothing else", async () => {
  const tenant = await createTenant();
  const { assistantId, documents } = await createLibrary(tenant, NOTE);
  const keys = {
    chat: await withApiKey(tenant, { scopes: ["chat"] }),
    read: await withApiKey(tenant, { scopes: ["read"] }),
    write: await withApiKey(tenant, { scopes: ["write"] }),
  };
  for (const [operation, body, expected] of SCOPE_TABLE) {
    const [method = "", path = ""] = operation.split(" ");
    const seen: Record<string, number> = {};
    // The scope that may delete comes last.
    for (const scope of ALL) {
      const collection = path.includes("{c}")
        ? (await tenant.json<{ id: string }>("POST", "/collections", { name: "C" })).id
        : "";
      const filled = path
        .replace("{a}", assistantId)
        .replace("{d}", documents[0]?.id ?? "")
        .replace("{c}", collection);
      const response = await keys[scope].request(method, filled, typeof body === "function" ? body() : body);
      seen[scope] = response.status;
      const text = await response.text();
      if (response.status === 403) expect(text).toContain("This API key lacks the scope for this");
      if (path.endsWith("/stream") && response.ok) expect(parseEvents(text).at(-1)?.event).toBe("done");
      if (path === "/chat/{a}" && response.ok) expect(text).toContain("two months");
    }
    expect([operation, seen]).toEqual([operation, expected]);
  }
});

test("no key, whatever its scopes, manages keys, people, payments or tenants", async () => {
  const tenant = await createTenant();
  const holder = await withApiKey(tenant, { scopes: ALL });
  for (const [method, path, body] of [
    ["GET", "/api-keys"],
    ["POST", "/api-keys", { name: "Mine", scopes: ["chat"] }],
    ["DELETE", `/api-keys/${holder.keyId}`],
    ["GET", "/members"],
    ["GET", "/audit-log"],
    ["GET", "/billing"],
    ["POST", "/billing/checkout"],
    ["POST", "/billing/portal"],
    ["GET", "/tenants"],
    ["POST", "/tenants", { name: "Mine" }],
    ["GET", `/tenants/${tenant.id}`],
    ["PATCH", `/tenants/${tenant.id}`, { name: "Mine" }],
  ] as const) {
    const refused = await problem(await holder.request(method, path, body));
    const sentence = "API keys can't do this; sign in.";
    expect([method, path, refused]).toMatchObject([
      method,
      path,
      { http: 403, code: "forbidden", detail: sentence },
    ]);
  }
  expect(await listed(tenant)).toMatchObject([{ id: holder.keyId, revoked_at: null }]);
});

test("a key for one assistant knows of no other", async () => {
  const tenant = await createTenant();
  const [mine, other] = [await createLibrary(tenant, NOTE), await createLibrary(tenant, {})];
  const input = { scopes: ["chat"], assistant_ids: [mine.assistantId] };
  const holder = await withApiKey(tenant, input);
  expect(await holder.json("POST", `/chat/${mine.assistantId}`, QUESTION)).toMatchObject({ refused: false });
  const { data } = await holder.json<{ data: Array<{ id: string }> }>("GET", "/assistants");
  expect(data.map(({ id }) => id)).toEqual([mine.assistantId]);
  for (const [method, path, body] of [
    ["POST", "/chat/{a}", QUESTION],
    ["POST", "/chat/{a}/stream", QUESTION],
    ["GET", "/chat/{a}/conversations"],
    ["GET", "/assistants/{a}"],
  ] as const) {
    const ask = async (id: string) => problem(await holder.request(method, path.replace("{a}", id), body));
    const missing = await ask(crypto.randomUUID());
    expect(missing).toMatchObject({ http: 404, code: "not_found" });
    expect(await ask(other.assistantId)).toEqual(missing);
  }
  // Deleting its assistant doesn't open the others to it.
  await tenant.json("DELETE", `/assistants/${mine.assistantId}`);
  expect(await holder.json("GET", "/assistants")).toMatchObject({ data: [] });
  expect((await holder.request("POST", `/chat/${other.assistantId}`, QUESTION)).status).toBe(404);
});

test("a key that couldn't hold what it says isn't made", async () => {
  const [tenant, elsewhere] = [await createTenant(), await createTenant()];
  const { assistantId } = await createLibrary(tenant, {});
  const { assistantId: foreign } = await createLibrary(elsewhere, {});
  const make = async (input: Json) =>
    problem(await tenant.request("POST", "/api-keys", { name: "K", ...input }));
  const past = new Date(Date.now() - 1_000).toISOString();
  for (const [input, path] of [
    [{ scopes: ["chat", "read"], assistant_ids: [assistantId] }, "assistant_ids"],
    [{ scopes: ["write"], assistant_ids: [assistantId] }, "assistant_ids"],
    [{ scopes: ["chat"], assistant_ids: [] }, "assistant_ids"],
    [{ scopes: ["chat"], expires_at: past }, "expires_at"],
    [{ scopes: ["chat"], expires_at: "soon" }, "expires_at"],
    [{ scopes: [] }, "scopes"],
    [{ scopes: ["admin"] }, "scopes.0"],
  ] as const) {
    expect(await make(input)).toMatchObject({ http: 422, code: "invalid_request", errors: [{ path }] });
  }
  const missing = await make({ scopes: ["chat"], assistant_ids: [crypto.randomUUID()] });
  expect(missing).toMatchObject({ http: 404, code: "not_found" });
  expect(await make({ scopes: ["chat"], assistant_ids: [foreign] })).toEqual(missing);
  expect(await listed(tenant)).toEqual([]);
});

test("a key works until it expires, and then says since when it doesn't", async () => {
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  const holder = await withApiKey(await createTenant(), { scopes: ["read"], expires_at });
  expect((await withText(holder.key)).status).toBe(200);
  const ended = new Date(Date.now() - 1_000).toISOString();
  await asOwner()`update api_keys set expires_at = ${ended} where id = ${holder.keyId}`;
  const refused = await problem(await withText(holder.key));
  expect(refused).toMatchObject({
    http: 401,
    code: "unauthenticated",
    detail: `This API key expired at ${ended}.`,
  });
});

test("a revoked key is refused by the very next request, and only its own tenant can revoke it", async () => {
  const [tenant, elsewhere] = [await createTenant(), await createTenant()];
  const holder = await withApiKey(tenant, { scopes: ["read"] });
  const missing = await problem(await elsewhere.request("DELETE", `/api-keys/${crypto.randomUUID()}`));
  expect(missing).toMatchObject({ http: 404, code: "not_found" });
  expect(await problem(await elsewhere.request("DELETE", `/api-keys/${holder.keyId}`))).toEqual(missing);
  expect((await withText(holder.key)).status).toBe(200);

  await tenant.json("DELETE", `/api-keys/${holder.keyId}`);
  expect(await problem(await withText(holder.key))).toMatchObject({
    http: 401,
    detail: "This API key was revoked.",
  });
  expect(await problem(await tenant.request("DELETE", `/api-keys/${holder.keyId}`))).toEqual(missing);
  expect(await listed(tenant)).toMatchObject([{ id: holder.keyId, revoked_at: expect.any(String) }]);
  const audit = await asOwner()`
    select action, target_id from audit_log where tenant_id = ${tenant.id} and action like 'api_key.%' order by at`;
  expect(audit).toEqual([
    { action: "api_key.created", target_id: holder.keyId },
    { action: "api_key.revoked", target_id: holder.keyId },
  ]);
});

test("when a key was last used is noted, an attempt with it isn't a use", async () => {
  const tenant = await createTenant();
  const holder = await withApiKey(tenant, { scopes: ["read"] });
  await withText(mistyped(holder.key, 30));
  expect(await listed(tenant)).toMatchObject([{ last_used_at: null }]);
  const before = Date.now();
  expect((await withText(holder.key)).status).toBe(200);
  // Noted after the answer.
  const used = await vi.waitFor(async () => {
    const [key] = await listed(tenant);
    expect(key?.last_used_at).not.toBeNull();
    return Date.parse(String(key?.last_used_at));
  }, SOON);
  expect(Math.abs(used - before)).toBeLessThan(SOON.timeout);
});

test("a key belongs to its tenant, whatever the header names", async () => {
  const [tenant, elsewhere] = [await createTenant(), await createTenant()];
  const holder = await withApiKey(tenant, { scopes: ALL });
  const naming = (id: string) => holder.request("GET", "/collections", undefined, { "X-Tenant-Id": id });
  const nobodys = await problem(await naming(crypto.randomUUID()));
  expect(nobodys).toMatchObject({ http: 404, code: "not_found" });
  for (const id of [elsewhere.id, "not-an-id"]) expect(await problem(await naming(id))).toEqual(nobodys);
  for (const id of [tenant.id, tenant.id.toUpperCase()]) expect((await naming(id)).status).toBe(200);
});

test("an assistant's instructions are not for a key that may only chat", async () => {
  const tenant = await createTenant();
  const made = { name: "Reader", system_prompt: "Never mention the merger." };
  const { id } = await tenant.json<{ id: string }>("POST", "/assistants", made);
  for (const [scope, prompt] of [
    ["chat", ""],
    ["read", made.system_prompt],
  ] as const) {
    const holder = await withApiKey(tenant, { scopes: [scope] });
    expect(await holder.json("GET", `/assistants/${id}`)).toMatchObject({ system_prompt: prompt });
    const { data } = await holder.json<{ data: Json[] }>("GET", "/assistants");
    expect(data).toMatchObject([{ system_prompt: prompt }]);
  }
});

test("a key and nothing else is enough to ask", async () => {
  const organization = await signIn(uniqueId("user"), { id: uniqueId("org") }, "admin");
  const { assistantId } = await createLibrary(organization, NOTE);
  const { key } = await withApiKey(organization, { scopes: ["chat"], assistant_ids: [assistantId] });
  const response = await send(`/api/v1/chat/${assistantId}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify(QUESTION),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    answer: expect.stringContaining("two months"),
    refused: false,
  });
});

test("what was asked with one key is read back with that key alone", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, NOTE);
  const [mine, other] = [
    await withApiKey(tenant, { scopes: ALL }),
    await withApiKey(tenant, { scopes: ALL }),
  ];
  const path = `/chat/${assistantId}`;
  const asked = await mine.json<{ conversation_id: string }>("POST", path, QUESTION);
  const conversation = `${path}/conversations/${asked.conversation_id}`;
  const follow = { message: "And for managers?", conversation_id: asked.conversation_id };
  for (const reader of [other, tenant]) {
    expect(await reader.json("GET", `${path}/conversations`)).toMatchObject({ data: [] });
    expect(await reader.json("GET", "/conversations")).toMatchObject({ data: [] });
    for (const [method, where, body] of [
      ["GET", conversation],
      ["PATCH", conversation, { title: "Mine" }],
      ["DELETE", conversation],
      ["POST", path, follow],
      ["POST", `${path}/stream`, follow],
    ] as const) {
      expect([method, where, (await reader.request(method, where, body)).status]).toEqual([
        method,
        where,
        404,
      ]);
    }
  }
  expect(await mine.json("GET", conversation)).toMatchObject({ messages: [{ question: QUESTION.message }] });
  expect(await mine.json("POST", path, follow)).toMatchObject({ conversation_id: asked.conversation_id });
  const own = await tenant.json<{ conversation_id: string }>("POST", path, QUESTION);
  expect((await mine.request("GET", `${path}/conversations/${own.conversation_id}`)).status).toBe(404);
  expect(await mine.json("GET", `${path}/conversations`)).toMatchObject({
    data: [{ id: asked.conversation_id }],
  });
});

test("a key that this isolate remembers is asked for again with each question", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, NOTE);
  const caller = await withApiKey(tenant, { scopes: ["chat"] });
  expect((await caller.request("POST", `/chat/${assistantId}`, QUESTION)).status).toBe(200);
  await tenant.request("DELETE", `/api-keys/${caller.keyId}`);
  const [usageBefore] = await asOwner()`
    select used from usage_counters where tenant_id = ${tenant.id} and metric = 'questions'`;
  for (const route of [`/chat/${assistantId}`, `/chat/${assistantId}/stream`]) {
    const refused = await caller.request("POST", route, QUESTION);
    expect(await problem(refused)).toMatchObject({ http: 401, code: "unauthenticated" });
  }
  const [usageAfter] = await asOwner()`
    select used from usage_counters where tenant_id = ${tenant.id} and metric = 'questions'`;
  expect(usageAfter).toEqual(usageBefore);
});
