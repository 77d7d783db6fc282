import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { RATE_LIMITS } from "../http/middleware/limit-rate.ts";
import worker from "../index.ts";
import {
  asOwner,
  createLibrary,
  createTenant,
  type Json,
  send,
  signIn,
  uniqueId,
  withApiKey,
} from "./harness.ts";

const keyed = (key: string = crypto.randomUUID()) => ({ "Idempotency-Key": key });

test("the same key with the same body gives the first answer again, and nothing is made twice", async () => {
  const tenant = await createTenant();
  const headers = keyed();
  const first = await tenant.request("POST", "/collections", { name: "Once" }, headers);
  const again = await tenant.request("POST", "/collections", { name: "Once" }, headers);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(first.headers.get("idempotent-replayed")).toBeNull();
  expect(await again.text()).toBe(await first.text());
  expect((await tenant.json<{ data: unknown[] }>("GET", "/collections")).data).toHaveLength(1);
});

test("the same key with another body is refused; for another route, tenant or key bearer it is another key", async () => {
  const tenant = await createTenant();
  const headers = keyed();
  await tenant.request("POST", "/collections", { name: "First" }, headers);
  const other = await tenant.request("POST", "/collections", { name: "Second" }, headers);
  expect(other.status).toBe(422);
  expect(await other.json()).toMatchObject({ code: "idempotency_mismatch" });
  expect((await tenant.request("POST", "/assistants", { name: "First" }, headers)).status).toBe(201);
  const bearer = await withApiKey(tenant, { scopes: ["write"] });
  expect((await bearer.request("POST", "/collections", { name: "Second" }, headers)).status).toBe(201);
  const stranger = await createTenant();
  expect((await stranger.request("POST", "/collections", { name: "Second" }, headers)).status).toBe(201);
});

test("requests that run at once under one key are carried out once; the others hear 409", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "a.md": "# A\n\nThe word is amaranth." });
  const headers = keyed();
  const answers = await Promise.all(
    Array.from({ length: 6 }, () =>
      tenant.request("POST", `/chat/${assistantId}`, { message: "What is the word?" }, headers),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(5);
  expect(answers.find(({ status }) => status === 409)?.headers.get("retry-after")).toBe("1");
  const [{ n } = { n: 0 }] =
    await asOwner()`select count(*)::int as n from messages where tenant_id = ${tenant.id}`;
  expect(n).toBe(1);
});

test("an upload may be repeated: its form's boundary is another one each time", async () => {
  const tenant = await createTenant();
  const { id } = await tenant.json<{ id: string }>("POST", "/collections", { name: "Files" });
  const headers = keyed();
  const upload = async (text: string) => {
    const form = new FormData();
    form.set("file", new File([text], "note.md"));
    return tenant.request("POST", `/documents/upload/${id}`, form, headers);
  };
  const [first, again] = [await upload("# One"), await upload("# One")];
  expect(first.status).toBe(202);
  expect(await again.json()).toEqual(await first.json());
  expect((await upload("# Two")).status).toBe(422);
  expect((await tenant.json<{ data: unknown[] }>("GET", "/documents")).data).toHaveLength(1);
});

test("a tenant is founded once under a key, though there is no tenant to ask in yet", async () => {
  const init = (name: string, key: string) => ({
    method: "POST",
    headers: { "Content-Type": "application/json", ...keyed(key) },
    body: JSON.stringify({ name }),
  });
  const key = crypto.randomUUID();
  const first = (await (await send("/api/v1/tenants", init("Once", key))).json()) as Json;
  const again = (await (await send("/api/v1/tenants", init("Once", key))).json()) as Json;
  expect(again).toEqual(first);
  expect((await send("/api/v1/tenants", init("Twice", key))).status).toBe(422);
});

test("an API key is answered again under its Idempotency-Key, and the database alone can't tell it", async () => {
  const tenant = await createTenant();
  const headers = keyed();
  const input = { name: "Shop", scopes: ["chat"] };
  const first = (await (await tenant.request("POST", "/api-keys", input, headers)).json()) as { key: string };
  const again = (await (await tenant.request("POST", "/api-keys", input, headers)).json()) as { key: string };
  expect(again.key).toBe(first.key);
  const stored = await asOwner()`select * from idempotency_keys where tenant_id = ${tenant.id}`;
  const secret = first.key.split("_")[2] ?? "";
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(secret);
  expect(JSON.stringify(stored)).not.toContain(headers["Idempotency-Key"]);
});

test("what was refused before it ran, or met an upstream that was away, may be asked again under the same key", async () => {
  const tenant = await createTenant();
  const headers = keyed();
  expect((await tenant.request("POST", "/collections", { name: "" }, headers)).status).toBe(422);
  expect((await tenant.request("POST", "/collections", { name: "Right" }, headers)).status).toBe(201);
  const { assistantId } = await createLibrary(
    tenant,
    { "a.md": "# A\n\nThe word is amaranth." },
    { model: "fault-500" },
  );
  const failed = keyed();
  const ask = () => tenant.request("POST", `/chat/${assistantId}`, { message: "What is the word?" }, failed);
  expect((await ask()).status).toBe(503);
  await tenant.json("PATCH", `/assistants/${assistantId}`, { model: null });
  // A model that was away is no answer to keep.
  expect((await ask()).status).toBe(200);
  for (const key of ["", "x".repeat(256)]) {
    expect((await tenant.request("POST", "/collections", { name: "K" }, keyed(key))).status).toBe(422);
  }
});

test("nothing deleted is repeated, nor anything to who may no longer ask", async () => {
  const tenant = await createTenant();
  const { assistantId, documents } = await createLibrary(tenant, { "a.md": "# A\n\nThe word is amaranth." });
  const headers = keyed();
  const ask = () => tenant.request("POST", `/chat/${assistantId}`, { message: "What is the word?" }, headers);
  expect(await (await ask()).text()).toContain("amaranth");
  expect((await ask()).headers.get("idempotent-replayed")).toBe("true");
  await tenant.request("DELETE", `/documents/${documents[0]?.id}`);
  const after = await ask();
  expect(after.headers.get("idempotent-replayed")).toBeNull();
  expect(await after.text()).not.toContain("amaranth");

  const organization = { id: uniqueId("org") };
  const [owner, user] = [await signIn(uniqueId("user"), organization, "owner"), uniqueId("user")];
  await owner.json("GET", "/members");
  const input = { name: "Shop", scopes: ["chat"] };
  const admin = await signIn(user, organization, "admin");
  expect((await admin.request("POST", "/api-keys", input, headers)).status).toBe(201);
  const demoted = await signIn(user, organization, "member");
  expect((await demoted.request("POST", "/api-keys", input, headers)).status).toBe(403);
});

test("a request whose Worker died may be made again under its key, and keys are forgotten after a day", async () => {
  const tenant = await createTenant();
  const headers = keyed();
  const made = await tenant.json<{ id: string }>("POST", "/collections", { name: "Once" });
  expect(made.id).toBeTruthy();
  await tenant.request("POST", "/collections", { name: "Lost" }, headers);
  await asOwner()`
    update idempotency_keys set status = null, response = null, locked_until = now() + interval '1 minute'
    where tenant_id = ${tenant.id}`;
  expect((await tenant.request("POST", "/collections", { name: "Lost" }, headers)).status).toBe(409);
  await asOwner()`
    update idempotency_keys set locked_until = now() - interval '1 second' where tenant_id = ${tenant.id}`;
  expect((await tenant.request("POST", "/collections", { name: "Lost" }, headers)).status).toBe(201);
  await asOwner()`
    update idempotency_keys set created_at = now() - interval '25 hours' where tenant_id = ${tenant.id}`;
  expect((await tenant.request("POST", "/collections", { name: "New" }, headers)).status).toBe(201);
});

test("past its rate a principal hears 429 with when to come back; another one is not held up", async () => {
  const tenant = await createTenant();
  const [one, other] = [
    await withApiKey(tenant, { scopes: ["read"] }),
    await withApiKey(tenant, { scopes: ["read"] }),
  ];
  const tight = { ...env, API_RATE_LIMIT: env.TIGHT_RATE_LIMIT, MODEL_RATE_LIMIT: env.TIGHT_RATE_LIMIT };
  const ask = (key: string) =>
    worker.fetch(
      new Request("http://ancre.test/api/v1/collections", { headers: { Authorization: `Bearer ${key}` } }),
      tight,
      createExecutionContext(),
    );
  const answers: Response[] = [];
  for (let n = 0; n < 5; n++) answers.push(await ask(one.key));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
  expect(answers[0]?.headers.get("ratelimit-limit")).toBe(String(RATE_LIMITS.api.limit));
  const refused = answers[4];
  expect(refused?.headers.get("retry-after")).toBe("60");
  expect(refused?.headers.get("ratelimit-remaining")).toBe("0");
  expect(refused?.headers.get("ratelimit-reset")).toBe("60");
  expect(await refused?.json()).toMatchObject({ code: "rate_limited" });
  expect((await ask(other.key)).status).toBe(200);
});

test("guessing keys is braked by address", async () => {
  const tight = { ...env, API_RATE_LIMIT: env.TIGHT_RATE_LIMIT };
  const guess = () =>
    worker.fetch(
      new Request("http://ancre.test/api/v1/collections", {
        headers: { Authorization: "Bearer anc_guess", "CF-Connecting-IP": "203.0.113.7" },
      }),
      tight,
      createExecutionContext(),
    );
  const statuses = [];
  for (let n = 0; n < 5; n++) statuses.push((await guess()).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
});
