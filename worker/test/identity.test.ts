import { env } from "cloudflare:workers";
import { createClerkClient } from "@clerk/backend";
import { expect, test, vi } from "vitest";
import { membershipEvent } from "../../dev/clerk/events.ts";
import { createClerkKeys } from "../../dev/clerk/keys.ts";
import { sessionCookies, signSessionToken } from "../../dev/clerk/session-token.ts";
import { signWebhook } from "../../dev/clerk/webhook.ts";
import { organizationTenantId } from "../services/tenants/enter-organization.ts";
import {
  asOwner,
  clerkKeys,
  createTenant,
  type Json,
  PARTY,
  type SessionOptions,
  send,
  sessionToken,
  signIn,
  tenantClient,
  uniqueId,
} from "./harness.ts";

type Role = "owner" | "admin" | "member";
type Headers = Record<string, string>;

const INSIDE = /clerk|jwt|kid|rs256|signature|drizzle|postgres|neon|select |stack|\bat .*\.[jt]s/i;

const bearer = (token: string): Headers => ({ Authorization: `Bearer ${token}` });
const cookie = (token: string): Headers => ({ Cookie: sessionCookies(token) });
const agoSeconds = (seconds: number) => new Date(Date.now() - seconds * 1000);

/** Claims of somebody in an organisation of their own. */
function somebody(): SessionOptions {
  const id = uniqueId("org");
  return { user: uniqueId("user"), org: { id, slug: id, role: "org:admin" } };
}

async function expect401(response: Response, detail?: RegExp): Promise<void> {
  const text = await response.text();
  expect([response.status, text]).toEqual([401, expect.anything()]);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("location")).toBeNull();
  expect(text).not.toMatch(INSIDE);
  expect(JSON.parse(text)).toMatchObject({ code: "unauthenticated", status: 401 });
  if (detail) expect((JSON.parse(text) as Json).detail).toMatch(detail);
}

/** The problem without what differs from one request to the next. */
async function problem(response: Response): Promise<Json> {
  return { http: response.status, ...((await response.json()) as Json), request_id: "" };
}

function decode(part = ""): Json {
  return JSON.parse(atob(part.replaceAll("-", "+").replaceAll("_", "/"))) as Json;
}

function encode(value: Uint8Array | Json): string {
  const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** A good token with its header or its claims replaced, and a signature to go with it. */
async function forge(
  change: { header?: Json; claims?: Json },
  sign: (content: string, signature: string) => string | Promise<string> = (_, signature) => signature,
): Promise<string> {
  const [header, claims, signature = ""] = (await sessionToken(somebody())).split(".");
  const content = [
    encode({ ...decode(header), ...change.header }),
    encode({ ...decode(claims), ...change.claims }),
  ].join(".");
  return `${content}.${await sign(content, signature)}`;
}

async function hmacWithPublicKey(content: string): Promise<string> {
  const text = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", text.encode(env.CLERK_JWT_KEY), hmac, false, ["sign"]);
  return encode(new Uint8Array(await crypto.subtle.sign("HMAC", key, text.encode(content))));
}

async function byOtherKeys(): Promise<string> {
  const { user, ...claims } = somebody();
  return signSessionToken(await createClerkKeys(), { azp: PARTY, ...claims, userId: user });
}

test("a session token says who somebody is, in the header and in the cookie alike", async () => {
  const who = somebody();
  const token = await sessionToken(who);
  for (const headers of [bearer(token), { Authorization: `bearer  ${token}` }, cookie(token)]) {
    const response = await send("/api/v1/members", { headers });
    expect(await response.json()).toMatchObject({ data: [{ user_id: who.user, role: "owner" }] });
    expect(response.status).toBe(200);
  }
});

const NOT_VALID = /^This session token is not valid\.$/;

test.each<[string, () => Promise<string>, RegExp]>([
  ["expired", () => sessionToken({ ...somebody(), issuedAt: agoSeconds(3_600) }), /has expired/],
  ["not valid yet", () => sessionToken({ ...somebody(), issuedAt: agoSeconds(-600) }), NOT_VALID],
  ["signed by another key pair", byOtherKeys, NOT_VALID],
  ["for another application", () => sessionToken({ ...somebody(), azp: "https://evil.example" }), /another/],
  ["for a longer origin", () => sessionToken({ ...somebody(), azp: `${PARTY}.evil.example` }), /another/],
  ["for no application", () => sessionToken({ ...somebody(), azp: undefined }), /another/],
  ["changed after signing", () => forge({ claims: { sub: "user_mallory" } }), NOT_VALID],
  ["unsigned", () => forge({ header: { alg: "none" } }, () => ""), NOT_VALID],
  ["unsigned with a signature", () => forge({ header: { alg: "none" } }), NOT_VALID],
  ["signed with the public key", () => forge({ header: { alg: "HS256" } }, hmacWithPublicKey), NOT_VALID],
  ["the public key's, called RS256", () => forge({}, hmacWithPublicKey), NOT_VALID],
  ["pending", () => forge({ claims: { sts: "pending" } }), NOT_VALID],
  ["garbage", async () => "garbage", NOT_VALID],
  ["three dots", async () => "..", NOT_VALID],
  ["of a machine", async () => "mt_0123456789abcdef0123456789abcdef", NOT_VALID],
  ["half a token", async () => (await sessionToken(somebody())).slice(0, 200), NOT_VALID],
])("a token that is %s signs nobody in, the dev user neither", async (_, create, detail) => {
  const token = await create();
  for (const headers of [bearer(token), { Cookie: `__session=${token}` }, cookie(token)]) {
    await expect401(await send("/api/v1/tenants", { headers, redirect: "manual" }), detail);
    await expect401(await send("/api/v1/members", { headers, redirect: "manual" }), detail);
  }
});

test("an Authorization header of another shape is refused, even next to a good cookie", async () => {
  const token = await sessionToken(somebody());
  for (const value of [
    token,
    `Basic ${btoa("user:password")}`,
    "Bearer",
    "Bearer ",
    "Token x",
    `Bearer a ${token}`,
  ]) {
    const headers = { ...cookie(token), Authorization: value };
    const response = await send("/api/v1/tenants", { headers });
    expect([value, response.status]).toEqual([value, 401]);
    await expect401(response, /`Bearer` and a token/);
  }
  await expect401(
    await send("/api/v1/tenants", { headers: { ...cookie(token), ...bearer("x") } }),
    NOT_VALID,
  );
});

test("no token, good or bad, sends a request to Clerk", async () => {
  // Elsewhere the SDK keeps the `fetch` that it found when it was loaded.
  vi.stubEnv("NODE_ENV", "test");
  const spy = vi.spyOn(globalThis, "fetch");
  const { secretKey, publishableKey } = clerkKeys();
  try {
    // That such a request would be seen: the same SDK, asked without a public key, looks for one.
    const client = createClerkClient({ secretKey, publishableKey, telemetry: { disabled: true } });
    spy.mockRejectedValueOnce(new Error("no network"));
    const headers = bearer(await sessionToken(somebody()));
    await client.authenticateRequest(new Request("http://ancre.test", { headers })).catch(() => null);
    expect(String(spy.mock.calls[0]?.[0])).toContain("api.clerk.com");
    spy.mockClear();

    const unknownKey = await forge({ header: { kid: "ins_unknown" } });
    for (const token of [await sessionToken(somebody()), await byOtherKeys(), unknownKey, "garbage"]) {
      for (const credential of [bearer(token), cookie(token), { ...cookie(token), Accept: "text/html" }]) {
        await (await send("/api/v1/members?__clerk_db_jwt=x", { headers: credential })).text();
      }
    }
    const hosts = new Set(spy.mock.calls.map(([url]) => new URL(String(url)).host));
    expect([...hosts]).toEqual([new URL(env.NEON_FETCH_ENDPOINT).host]);
  } finally {
    spy.mockRestore();
    vi.unstubAllEnvs();
  }
});

test.each([
  "__clerk_handshake=x",
  "__clerk_handshake_nonce=x",
  "__clerk_db_jwt=x",
  "__clerk_ticket=x",
  "__clerk_synced=false",
])("the parameter %s neither redirects nor breaks a request", async (query) => {
  const token = await sessionToken(somebody());
  const page = { Accept: "text/html", "Sec-Fetch-Dest": "document" };
  for (const credential of [bearer(token), cookie(token)]) {
    const init = { headers: { ...credential, ...page }, redirect: "manual" } as const;
    expect((await send(`/api/v1/members?${query}`, init)).status).toBe(200);
  }
  const expired = await sessionToken({ ...somebody(), issuedAt: agoSeconds(3_600) });
  for (const credential of [bearer(expired), cookie(expired)]) {
    const init = { headers: { ...credential, ...page }, redirect: "manual" } as const;
    await expect401(await send(`/api/v1/members?${query}`, init), /has expired/);
  }
});

test("a cookie can't change anything from a page of somebody else; a header can", async () => {
  const token = await sessionToken(somebody());
  const create = (credential: Headers, origin?: string) =>
    send("/api/v1/collections", {
      method: "POST",
      headers: { ...credential, "Content-Type": "application/json", ...(origin ? { Origin: origin } : {}) },
      body: JSON.stringify({ name: "Made" }),
    });
  const foreign = ["https://evil.example", "null", `${PARTY}.evil.example`, PARTY.replace("https", "http")];
  for (const origin of foreign) {
    await expect401(await create(cookie(token), origin), /may not use your session/);
    for (const method of ["PATCH", "DELETE"]) {
      const path = `/api/v1/collections/${crypto.randomUUID()}`;
      await expect401(await send(path, { method, headers: { ...cookie(token), Origin: origin } }));
    }
    const read = await send("/api/v1/collections", { headers: { ...cookie(token), Origin: origin } });
    expect(await read.json()).toMatchObject({ data: [] });
  }
  for (const [credential, origin] of [
    [cookie(token), PARTY],
    [cookie(token), undefined],
    [bearer(token), "https://evil.example"],
  ] as const) {
    expect((await create(credential, origin)).status).toBe(201);
  }
});

test("a personal session works in the one tenant of one's own, and has to choose from two", async () => {
  const user = uniqueId("user");
  const me = tenantClient("", bearer(await sessionToken({ user })));
  const tenantOf = async (headers?: Headers) => {
    const response = await me.request("GET", "/collections", undefined, headers);
    return response.ok
      ? ((await response.json()) as { data: Array<{ name: string }> }).data.map(({ name }) => name)
      : problem(response);
  };
  expect(await tenantOf()).toMatchObject({
    http: 400,
    code: "tenant_required",
    detail: "Create a tenant first.",
  });
  const { id: first } = await me.json<{ id: string }>("POST", "/tenants", { name: "First" });
  await me.json("POST", "/collections", { name: "In the first" });
  expect(await tenantOf()).toEqual(["In the first"]);
  const { id: second } = await me.json<{ id: string }>("POST", "/tenants", { name: "Second" });
  expect(await tenantOf()).toMatchObject({
    http: 400,
    code: "tenant_required",
    detail: expect.stringContaining("X-Tenant-Id"),
  });
  expect(await tenantOf({ "X-Tenant-Id": first.toUpperCase() })).toEqual(["In the first"]);
  expect(await tenantOf({ "X-Tenant-Id": second })).toEqual([]);

  const { id: others } = await createTenant("The dev user's");
  const nobodys = await tenantOf({ "X-Tenant-Id": crypto.randomUUID() });
  expect(nobodys).toMatchObject({ http: 404, code: "not_found" });
  expect(await tenantOf({ "X-Tenant-Id": others })).toEqual(nobodys);
});

test("a personal session doesn't reach an organisation's tenant", async () => {
  const [user, id] = [uniqueId("user"), uniqueId("org")];
  const colleague = await signIn(user, { id }, "member");
  await colleague.json("GET", "/collections");
  const me = tenantClient("", bearer(await sessionToken({ user })));
  const stranger = tenantClient("", bearer(await sessionToken({ user: uniqueId("user") })));
  const named = { "X-Tenant-Id": colleague.id };
  const refused = await problem(await me.request("GET", "/collections", undefined, named));
  expect(refused).toMatchObject({
    http: 400,
    code: "tenant_required",
    detail: expect.stringContaining("organisation"),
  });
  expect(await problem(await me.request("GET", "/collections"))).toMatchObject({
    http: 400,
    code: "tenant_required",
  });
  expect((await stranger.request("GET", "/collections", undefined, named)).status).toBe(404);
});

test("an organisation's session names its own tenant or gets the answer for an id that nobody has", async () => {
  const user = uniqueId("user");
  const personal = tenantClient("", bearer(await sessionToken({ user })));
  const { id: mine } = await personal.json<{ id: string }>("POST", "/tenants", { name: "Mine" });
  const [here, elsewhere] = [await signIn(user, { id: uniqueId("org") }, "admin"), await createTenant()];
  const naming = (id: string) => here.request("GET", "/collections", undefined, { "X-Tenant-Id": id });
  expect((await naming(here.id)).status).toBe(200);
  const nobodys = await problem(await naming(crypto.randomUUID()));
  expect(nobodys).toMatchObject({ http: 404, code: "not_found" });
  for (const id of [elsewhere.id, mine, "", "not-an-id"])
    expect(await problem(await naming(id))).toEqual(nobodys);
});

test("an organisation's tenant is there on first sight; of its first admins one owns it", async () => {
  const organization = { id: uniqueId("org"), slug: "acme-lyon" };
  const member = await signIn(uniqueId("user"), organization, "member");
  const admins = await Promise.all(
    [uniqueId("user"), uniqueId("user")].map((user) => signIn(user, organization, "admin")),
  );
  expect(await organizationTenantId(organization.id)).toBe(member.id);
  await member.json("GET", "/members");
  await Promise.all(admins.map((admin) => admin.json("GET", "/members")));
  const { data } = await member.json<{ data: Array<{ role: Role; seated: boolean }> }>("GET", "/members");
  expect(data.map(({ role }) => role).toSorted()).toEqual(["admin", "member", "owner"]);
  expect(data.every(({ seated }) => seated)).toBe(true);
  const { data: tenants } = await member.json<{ data: Json[] }>("GET", "/tenants");
  expect(tenants).toMatchObject([{ id: member.id, name: "acme-lyon", kind: "organization", role: "member" }]);
});

const ROLE_TABLE: Array<[string, unknown, Record<Role, number>]> = [
  ["POST /collections", { name: "C" }, { owner: 201, admin: 201, member: 201 }],
  ["PATCH /collections/{c}", { name: "D" }, { owner: 200, admin: 200, member: 200 }],
  ["DELETE /collections/{c}", undefined, { owner: 202, admin: 202, member: 403 }],
  ["GET /assistants", undefined, { owner: 200, admin: 200, member: 200 }],
  ["POST /assistants", { name: "A" }, { owner: 201, admin: 201, member: 403 }],
  ["PATCH /assistants/{a}", { name: "B" }, { owner: 200, admin: 200, member: 403 }],
  ["DELETE /assistants/{a}", undefined, { owner: 202, admin: 202, member: 403 }],
  ["GET /members", undefined, { owner: 200, admin: 200, member: 200 }],
  ["GET /usage", undefined, { owner: 200, admin: 200, member: 200 }],
  ["GET /api-keys", undefined, { owner: 200, admin: 200, member: 403 }],
  ["POST /api-keys", { name: "K", scopes: ["chat"] }, { owner: 201, admin: 201, member: 403 }],
  ["DELETE /api-keys/{k}", undefined, { owner: 204, admin: 204, member: 403 }],
  ["GET /billing", undefined, { owner: 200, admin: 200, member: 403 }],
  ["POST /billing/checkout", undefined, { owner: 200, admin: 200, member: 403 }],
  ["GET /audit-log", undefined, { owner: 200, admin: 403, member: 403 }],
  // An organisation's name is its own: allowed, and still refused.
  ["PATCH /tenants/{t}", { name: "T" }, { owner: 409, admin: 409, member: 403 }],
];

test("each role may do what its line says, and is told what it would take", async () => {
  const organization = { id: uniqueId("org") };
  const owner = await signIn(uniqueId("user"), organization, "owner");
  const people: Record<Role, typeof owner> = {
    owner,
    admin: await signIn(uniqueId("user"), organization, "admin"),
    member: await signIn(uniqueId("user"), organization, "member"),
  };
  await owner.json("GET", "/members");
  const make = async (path: string, body: Json) => (await owner.json<{ id: string }>("POST", path, body)).id;
  for (const [operation, body, expected] of ROLE_TABLE) {
    const [method = "", path = ""] = operation.split(" ");
    const seen: Record<string, number> = {};
    for (const role of ["owner", "admin", "member"] as const) {
      const filled = path
        .replace("{c}", path.includes("{c}") ? await make("/collections", { name: "C" }) : "")
        .replace("{a}", path.includes("{a}") ? await make("/assistants", { name: "A" }) : "")
        .replace("{k}", path.includes("{k}") ? await make("/api-keys", { name: "K", scopes: ["chat"] }) : "")
        .replace("{t}", owner.id);
      const response = await people[role].request(method, filled, body);
      seen[role] = response.status;
      if (response.status !== 403) continue;
      const { code, detail } = await problem(response);
      expect([operation, code]).toEqual([operation, "forbidden"]);
      expect(detail).toMatch(new RegExp(`^Your role is ${role}; this takes owner`));
    }
    expect([operation, seen]).toEqual([operation, expected]);
  }
});

test("a role that Clerk knows and Ancre doesn't is a member's", async () => {
  const id = uniqueId("org");
  const token = await sessionToken({ user: uniqueId("user"), org: { id, slug: id, role: "org:auditor" } });
  const auditor = tenantClient("", bearer(token));
  expect(await auditor.json("GET", "/members")).toMatchObject({ data: [{ role: "member" }] });
  expect((await auditor.request("POST", "/assistants", { name: "A" })).status).toBe(403);
});

test("the sixth member of an organisation on Free is told why they can't come in, and can once one has left", async () => {
  const organization = { id: uniqueId("org"), name: "Full" };
  const users = Array.from({ length: 5 }, () => uniqueId("user"));
  const members = await Promise.all(users.map((user) => signIn(user, organization, "member")));
  await Promise.all(members.map((member) => member.json("GET", "/members")));
  const late = uniqueId("user");
  const sixth = await signIn(late, organization, "admin");
  for (const path of ["/members", "/collections"]) {
    expect(await problem(await sixth.request("GET", path))).toMatchObject({
      http: 402,
      code: "quota_exceeded",
      quota: { metric: "members", used: 5, limit: 5, plan: "free", upgrade: { plan: "pro" } },
    });
  }
  const [first] = members;
  expect(await first?.json("GET", "/members")).toMatchObject({
    data: expect.arrayContaining([expect.objectContaining({ user_id: late, seated: false })]),
  });

  const removed = { organization, user: { id: users[4] ?? "" }, role: "org:member" };
  const payload = membershipEvent("deleted", removed);
  const event = await signWebhook(env.CLERK_WEBHOOK_SECRET, { id: `msg_${crypto.randomUUID()}`, payload });
  expect(await (await send("/api/v1/webhooks/clerk", event)).json()).toEqual({ outcome: "applied" });
  await sixth.json("GET", "/members");
  const held = await asOwner()`
    select used::int from usage_counters where tenant_id = ${sixth.id} and metric = 'members'`;
  expect(held).toEqual([{ used: 5 }]);
});
