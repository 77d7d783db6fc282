import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { membershipEvent, organizationEvent, userEvent } from "../../dev/clerk/events.ts";
import { createClerkKeys } from "../../dev/clerk/keys.ts";
import { type SignedWebhook, signWebhook } from "../../dev/clerk/webhook.ts";
import worker from "../index.ts";
import { organizationTenantId } from "../services/tenants/enter-organization.ts";
import {
  asOwner,
  createLibrary,
  type Json,
  type SessionOptions,
  send,
  sessionToken,
  signIn,
  type TestTenant,
  tenantClient,
  uniqueId,
  withApiKey,
} from "./harness.ts";

const NOW = Date.now();
/** Whole seconds, as tokens have them: `at(-60)` is a minute before this file was loaded. */
const at = (seconds: number) => new Date(Math.floor(NOW / 1000 + seconds) * 1000);

async function sign(payload: object, id = `msg_${crypto.randomUUID()}`): Promise<SignedWebhook> {
  return signWebhook(env.CLERK_WEBHOOK_SECRET, { id, payload });
}

function post(event: SignedWebhook): Promise<Response> {
  return send("/api/v1/webhooks/clerk", event);
}

/** Delivers an event and gives the outcome. */
async function tell(payload: object, id?: string): Promise<unknown> {
  const response = await post(await sign(payload, id));
  expect(response.status).toBe(200);
  return ((await response.json()) as Json).outcome;
}

/**
 * A request to an isolate that remembers nobody. The one under test lets a member in for 30 seconds after it last
 * asked the database, so what a webhook changed shows at once only where they haven't come in yet.
 */
async function elsewhere(token: string, path = "/members", init: RequestInit = {}): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const request = new Request(`http://ancre.test/api/v1${path}`, { ...init, headers });
  const execution = { waitUntil() {}, passThroughOnException() {} } as unknown as ExecutionContext;
  return worker.fetch(request as never, { ...env } as unknown as Record<string, unknown>, execution);
}

function tokenFor(user: string, org: string, claims: Partial<SessionOptions> = {}, role = "org:member") {
  return sessionToken({ user, org: { id: org, slug: org, role }, ...claims });
}

async function auditOf(tenantId: string): Promise<unknown[]> {
  const rows = await asOwner()`
    select action, target_id, actor_kind, actor_id from audit_log where tenant_id = ${tenantId} order by at, action`;
  return rows;
}

async function tenantRow(tenantId: string): Promise<Json | undefined> {
  const rows = await asOwner()`
    select name, founder_id, (extract(epoch from deleted_at) * 1000)::float8 as deleted_at
    from tenants where id = ${tenantId}`;
  return rows[0];
}

async function activeMembers(tenantId: string): Promise<unknown[]> {
  const rows = await asOwner()`
    select user_id, role, seated from memberships
    where tenant_id = ${tenantId} and removed_at is null order by user_id`;
  return rows;
}

test("an event that Clerk didn't sign just now changes nothing, and isn't told why", async () => {
  const [user, organization] = [uniqueId("user"), { id: uniqueId("org"), name: "Forged" }];
  const payload = organizationEvent("created", { ...organization, createdBy: user });
  const good = await sign(payload);
  const { webhookSecret: other } = await createClerkKeys();
  const late = (minutes: number) =>
    signWebhook(env.CLERK_WEBHOOK_SECRET, {
      id: "msg_late",
      payload,
      at: new Date(Date.now() - minutes * 60_000),
    });
  const headers = (changed: Record<string, string>) => ({
    ...good,
    headers: { ...good.headers, ...changed },
  });
  const { "svix-signature": _signature, ...unsigned } = good.headers;
  const forged: Record<string, SignedWebhook> = {
    unsigned: { ...good, headers: unsigned },
    "without headers": { ...good, headers: {} },
    "with another body": { ...good, body: good.body.replace("Forged", "Changed") },
    "with another id": headers({ "svix-id": "msg_other" }),
    "with another time": headers({ "svix-timestamp": String(Number(good.headers["svix-timestamp"]) - 1) }),
    "with an empty signature": headers({ "svix-signature": "v1," }),
    "of another version": headers({
      "svix-signature": (good.headers["svix-signature"] ?? "").replace("v1", "v2"),
    }),
    "by another secret": await signWebhook(other, { id: "msg_other", payload }),
    "six minutes old": await late(6),
    "six minutes early": await late(-6),
    "that is no JSON": { ...good, body: "{" },
    empty: { ...good, body: "" },
  };
  const answers = new Set<string>();
  for (const [name, event] of Object.entries(forged)) {
    const response = await post(event);
    expect([name, response.status]).toEqual([name, 401]);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    answers.add(JSON.stringify({ ...((await response.json()) as Json), request_id: "" }));
  }
  expect([...answers]).toEqual([expect.stringContaining("The signature of this event doesn't hold.")]);
  const tenantId = await organizationTenantId(organization.id);
  expect(await tenantRow(tenantId)).toBeUndefined();
  expect(await asOwner()`select id from webhook_events where id in ('msg_other', 'msg_late')`).toEqual([]);

  expect(await (await post(good)).json()).toEqual({ outcome: "applied" });
  expect(await tenantRow(tenantId)).toMatchObject({ name: "Forged", founder_id: user });
});

test("an event that comes twice has one effect, and one line in the audit log", async () => {
  const [id, user] = [uniqueId("org"), { id: uniqueId("user") }];
  const membership = { organization: { id, name: "Twice" }, user, role: "org:member" };
  const [joined, left] = [`msg_${crypto.randomUUID()}`, `msg_${crypto.randomUUID()}`];
  const created = membershipEvent("created", membership, at(-30));
  const deleted = membershipEvent("deleted", { ...membership, createdAt: at(-30) }, at(-20));
  expect(await tell(created, joined)).toBe("applied");
  expect(await tell(created, joined)).toBe("repeated");
  expect(await tell(deleted, left)).toBe("applied");
  for (const [event, message] of [
    [deleted, left],
    [created, joined],
  ] as const) {
    expect(await tell(event, message)).toBe("repeated");
  }
  // At the same moment, and under another id.
  await Promise.all([tell(deleted, left), tell(deleted), tell(created)]);
  const tenantId = await organizationTenantId(id);
  const by = { target_id: user.id, actor_kind: "system", actor_id: "clerk" };
  expect(await auditOf(tenantId)).toEqual([
    { action: "member.joined", ...by },
    { action: "member.removed", ...by },
  ]);
  expect(await activeMembers(tenantId)).toEqual([]);
});

test("what is of no concern is taken and left alone", async () => {
  for (const type of ["session.created", "organizationDomain.created", "something.new"]) {
    const { data, ...event } = userEvent("created", { id: uniqueId("user") });
    expect(await tell({ ...event, type, data })).toBe("ignored");
    expect(await asOwner()`select 1 from people where user_id = ${String(data.id)}`).toEqual([]);
  }
});

/** An organisation's life: Ada founds it; Ben leaves and comes back; Cleo leaves twice. */
function history() {
  const org = uniqueId("org");
  const [ada, ben, cleo] = ["Ada", "Ben", "Cleo"].map((firstName) => {
    const id = uniqueId("user");
    return { id, firstName, email: `${id}@example.com` };
  }) as [Person, Person, Person];
  let clock = -3_600;
  const next = () => at(++clock);
  const named = (name: string) => ({ id: org, name, createdBy: ada.id });
  /** One membership: each call is its next event. */
  const membership = (user: Person, name: string) => {
    const [id, createdAt] = [`orgmem_${crypto.randomUUID()}`, at(clock + 1)];
    return (change: "created" | "updated" | "deleted", role: string) =>
      membershipEvent(
        change,
        { id, createdAt, organization: named(name), user, role: `org:${role}` },
        next(),
      );
  };
  const events: object[] = [
    userEvent("created", ada, next()),
    organizationEvent("created", named("Old"), next()),
  ];
  const adas = membership(ada, "Old");
  events.push(adas("created", "admin"), userEvent("created", { ...ben, firstName: "Benn" }, next()));
  const bens = membership(ben, "Old");
  const cleos = membership(cleo, "Old");
  events.push(bens("created", "member"), cleos("created", "admin"), bens("updated", "admin"));
  events.push(
    userEvent("created", cleo, next()),
    userEvent("updated", ben, next()),
    bens("deleted", "admin"),
  );
  events.push(organizationEvent("updated", named("New"), next()), cleos("deleted", "admin"));
  const bensSecond = membership(ben, "New");
  const cleosSecond = membership(cleo, "New");
  events.push(bensSecond("created", "admin"), cleosSecond("created", "member"), adas("updated", "member"));
  events.push(bensSecond("updated", "member"), adas("updated", "admin"), cleosSecond("deleted", "member"));
  events.push(userEvent("updated", { ...ada, firstName: "Augusta" }, next()));
  return { org, people: [ada, ben, cleo], events };
}

type Person = { id: string; firstName: string; email: string };

/** All that is kept of it, with its people's first names for their ids. */
async function stateOf({ org, people }: { org: string; people: Person[] }): Promise<unknown> {
  const tenantId = await organizationTenantId(org);
  const [sql, ids] = [asOwner(), people.map(({ id }) => id)];
  const state = {
    tenant: await tenantRow(tenantId),
    members: await sql`
      select user_id, case when removed_at is null then role end as role, seated, removed_at
      from memberships where tenant_id = ${tenantId}`,
    seats: await sql`
      select used::int from usage_counters where tenant_id = ${tenantId} and metric = 'members'`,
    held: await sql`
      select count(*)::int from usage_reservations
      where tenant_id = ${tenantId} and metric = 'members' and state = 'held'`,
    people: await sql`select user_id, name, email from people where user_id = any(${ids})`,
  };
  const text = people.reduce(
    (known, { id, firstName }) => known.replaceAll(id, firstName),
    JSON.stringify(state),
  );
  const { members, people: names, ...rest } = JSON.parse(text) as { members: Json[]; people: Json[] };
  const sorted = (rows: Json[]) =>
    rows.toSorted((a, b) => String(a.user_id).localeCompare(String(b.user_id)));
  return { ...rest, members: sorted(members), people: sorted(names) };
}

/** Delivers a history in an order given by the events' numbers. */
async function deliver(order: number[]): Promise<unknown> {
  const told = history();
  for (const number of order) expect(await tell(told.events[number] ?? {})).toBe("applied");
  return stateOf(told);
}

test("in whatever order and however often its events come, an organisation ends up the same", async () => {
  const inOrder = history().events.map((_, number) => number);
  const expected = await deliver(inOrder);
  expect(expected).toMatchObject({
    tenant: { name: "New", founder_id: "Ada", deleted_at: null },
    seats: [{ used: 2 }],
    held: [{ count: 2 }],
    members: [
      { user_id: "Ada", role: "owner", seated: true, removed_at: null },
      { user_id: "Ben", role: "member", seated: true, removed_at: null },
      { user_id: "Cleo", role: null, seated: false, removed_at: expect.any(String) },
    ],
    people: [
      { user_id: "Ada", name: "Augusta", email: "Ada@example.com" },
      { user_id: "Ben", name: "Ben" },
      { user_id: "Cleo", name: "Cleo" },
    ],
  });
  const whole = { minLength: inOrder.length, maxLength: inOrder.length };
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(inOrder, whole),
      fc.shuffledSubarray(inOrder, { maxLength: 8 }),
      async (order, again) => {
        expect(await deliver(order)).toEqual(expected);
        // The repetitions come in the middle and at the end, so that old ones come late too.
        const half = Math.floor(order.length / 2);
        expect(await deliver([...order.slice(0, half), ...again, ...order.slice(half), ...again])).toEqual(
          expected,
        );
      },
    ),
    // With this seed Cleo's two ends and her second beginning come in each of their six orders.
    { numRuns: 15, seed: 2, endOnFailure: true },
  );
}, 300_000);

test("a closed organisation is closed at once and stays so, whatever comes late", async () => {
  const [id, admin, member] = [uniqueId("org"), uniqueId("user"), uniqueId("user")];
  const organization = { id, name: "Closing", createdBy: admin };
  const tenant = await signIn(admin, organization, "admin");
  const { documents } = await createLibrary(tenant, { "note.md": "# Note\n\nThe word is amaranth." });
  const holder = await withApiKey(tenant, { scopes: ["read", "chat"] });
  const document = `/documents/${documents[0]?.id}`;
  expect((await holder.request("GET", document)).status).toBe(200);

  expect(await tell(organizationEvent("deleted", organization, at(-10)))).toBe("applied");
  const closed = await tenantRow(tenant.id);
  expect(closed?.deleted_at).toBe(at(-10).getTime());
  expect(await (await holder.request("GET", document)).json()).toMatchObject({
    status: 401,
    detail: "This API key was revoked.",
  });
  // Who came in half a minute ago or less is let in still, and finds nothing; nor can they leave anything behind.
  expect([401, 404]).toContain((await tenant.request("GET", document)).status);
  expect(await (await tenant.request("POST", "/search", { query: "amaranth" })).text()).not.toContain(
    "word is",
  );
  const key = await tenant.request("POST", "/api-keys", { name: "Left behind", scopes: ["read"] });
  expect([401, 404]).toContain(key.status);
  const assistant = await tenant.request("POST", "/assistants", { name: "Left behind" });
  expect([401, 404]).toContain(assistant.status);
  const stored = await asOwner()`select status, kind from documents
    join ingest_jobs on ingest_jobs.document_id = documents.id where documents.tenant_id = ${tenant.id}`;
  expect(stored).toEqual([{ status: "deleting", kind: "purge" }]);

  const joined = { organization, user: { id: member }, role: "org:admin" };
  for (const late of [
    organizationEvent("created", organization, at(-60)),
    organizationEvent("updated", { ...organization, name: "Reopened" }, at(-5)),
    membershipEvent("created", joined, at(-50)),
    organizationEvent("deleted", organization, at(-10)),
  ]) {
    expect(await tell(late)).toBe("applied");
  }
  expect(await tenantRow(tenant.id)).toEqual(closed);
  for (const user of [admin, member]) {
    const refused = await elsewhere(await tokenFor(user, id));
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: "unauthenticated" }]);
    const tenants = await elsewhere(await sessionToken({ user }), "/tenants");
    expect(await tenants.json()).toMatchObject({ data: [] });
  }
  const audit = (await auditOf(tenant.id)) as Array<{ action: string }>;
  expect(audit.filter(({ action }) => action === "tenant.closed")).toHaveLength(1);
});

test("an organisation whose end is told first never begins", async () => {
  const [organization, user] = [
    { id: uniqueId("org"), name: "Never", createdBy: uniqueId("user") },
    uniqueId("user"),
  ];
  expect(await tell(organizationEvent("deleted", organization, at(-10)))).toBe("applied");
  expect(await tell(organizationEvent("created", organization, at(-20)))).toBe("applied");
  const refused = await elsewhere(await tokenFor(user, organization.id));
  expect(refused.status).toBe(401);
  expect((await tenantRow(await organizationTenantId(organization.id)))?.deleted_at).toBe(at(-10).getTime());
});

test("a deleted person leaves everywhere, is forgotten by name, and doesn't come back", async () => {
  const [user, friend, id] = [uniqueId("user"), uniqueId("user"), uniqueId("org")];
  const person = { id: user, firstName: "Dora", lastName: "Gone", email: "dora@example.com" };
  const organization = { id, name: "Doras", createdBy: friend };
  expect(await tell(userEvent("created", person, at(-300)))).toBe("applied");
  const colleague = await signIn(friend, organization, "admin");
  const employed = await signIn(user, organization, "member");
  for (const someone of [colleague, employed]) await someone.json("GET", "/members");
  expect(await colleague.json("GET", "/members")).toMatchObject({
    data: expect.arrayContaining([
      expect.objectContaining({ user_id: user, name: "Dora Gone", seated: true }),
    ]),
  });
  const me = tenantClient("", { Authorization: `Bearer ${await sessionToken({ user })}` });
  const found = async (name: string) => (await me.json<{ id: string }>("POST", "/tenants", { name })).id;
  const [alone, shared] = [await found("Alone"), await found("Shared")];
  const keyIn = async (tenantId: string): Promise<TestTenant> => {
    const named = { "X-Tenant-Id": tenantId };
    const made = await me.request("POST", "/api-keys", { name: "K", scopes: ["read"] }, named);
    const { key } = (await made.json()) as { key: string };
    return tenantClient(tenantId, { Authorization: `Bearer ${key}` });
  };
  const [aloneKey, sharedKey] = [await keyIn(alone), await keyIn(shared)];
  await asOwner()`
    insert into memberships (tenant_id, user_id, role, seated) values (${shared}, ${friend}, 'admin', true)`;

  const message = `msg_${crypto.randomUUID()}`;
  const gone = userEvent("deleted", person, new Date());
  expect(await tell(gone, message)).toBe("applied");
  expect(await tell(gone, message)).toBe("repeated");
  for (const late of [
    userEvent("updated", { ...person, firstName: "Back" }, new Date(Date.now() + 60_000)),
    userEvent("created", person, at(-300)),
    membershipEvent("created", { organization, user: person, role: "org:admin" }, at(-200)),
    membershipEvent(
      "created",
      { organization: { ...organization, id: `${id}2` }, user: person, role: "org:admin" },
      at(-200),
    ),
  ]) {
    expect(await tell(late)).toBe("applied");
  }

  expect(await asOwner()`select name, email from people where user_id = ${user}`).toEqual([
    { name: "", email: "" },
  ]);
  expect((await tenantRow(alone))?.deleted_at).toBe(gone.timestamp);
  expect((await aloneKey.request("GET", "/collections")).status).toBe(401);
  expect(await tenantRow(shared)).toMatchObject({ name: "Shared", deleted_at: null });
  expect((await sharedKey.request("GET", "/collections")).status).toBe(200);
  const theirs = tenantClient(shared, {
    Authorization: `Bearer ${await sessionToken({ user: friend })}`,
    "X-Tenant-Id": shared,
  });
  expect(await theirs.json("GET", "/members")).toMatchObject({ data: [{ user_id: friend }] });

  expect(await me.json("GET", "/tenants")).toMatchObject({ data: [] });
  expect((await me.request("GET", "/collections")).status).toBe(400);
  expect(await colleague.json("GET", "/members")).toMatchObject({
    data: [{ user_id: friend, role: "owner" }],
  });
  const counted = await asOwner()`
    select used::int from usage_counters where tenant_id = ${colleague.id} and metric = 'members'`;
  expect(counted).toEqual([{ used: 1 }]);
  expect(await activeMembers(await organizationTenantId(`${id}2`))).toEqual([]);
  for (const org of [id, `${id}2`, uniqueId("org")]) {
    expect((await elsewhere(await tokenFor(user, org))).status).toBe(401);
    expect(await activeMembers(await organizationTenantId(org))).not.toContainEqual(
      expect.objectContaining({ user_id: user }),
    );
  }
});

test("a token from before a removal is refused, one from after a new invitation is not", async () => {
  const [id, user] = [uniqueId("org"), { id: uniqueId("user") }];
  const organization = { id, name: "Removing", createdBy: uniqueId("user") };
  const start = Math.floor((Date.now() - NOW) / 1000);
  const then = (seconds: number) => at(start + seconds);
  const before = await tokenFor(user.id, id, { issuedAt: then(-20) });
  const between = await tokenFor(user.id, id, { issuedAt: then(-12) });
  const after = await tokenFor(user.id, id, { issuedAt: then(-2) });
  const first = { id: "orgmem_1", organization, user, role: "org:member", createdAt: then(-40) };
  const second = { id: "orgmem_2", organization, user, role: "org:member", createdAt: then(-15) };
  const refuse = async (token: string) => {
    const response = await elsewhere(token);
    expect([response.status, await response.json()]).toMatchObject([401, { detail: /no longer a member/ }]);
  };

  await tell(membershipEvent("created", first, then(-40)));
  await tell(membershipEvent("deleted", first, then(-18)));
  await refuse(before);
  // Its beginning is never told: its end alone has to be enough.
  await tell(membershipEvent("deleted", second, then(-10)));
  await refuse(before);
  await refuse(between);
  expect((await elsewhere(after)).status).toBe(200);
});

test("who is removed while an isolate remembers them gets in nowhere else", async () => {
  const [id, user] = [uniqueId("org"), uniqueId("user")];
  const organization = { id, name: "Remembering" };
  const member = await signIn(user, organization, "member");
  await member.json("GET", "/members");
  const token = await tokenFor(user, id);
  expect((await elsewhere(token)).status).toBe(200);
  const removed = { organization, user: { id: user }, role: "org:member" };
  await tell(membershipEvent("deleted", removed, new Date(Date.now() + 1_000)));
  expect((await elsewhere(token)).status).toBe(401);
  // With another role in the token the isolate that remembers them has to ask, too.
  const promoted = tenantClient(member.id, {
    Authorization: `Bearer ${await tokenFor(user, id, {}, "org:admin")}`,
  });
  expect((await promoted.request("GET", "/members")).status).toBe(401);
});

test("a role that was changed after a token was issued is the one that counts", async () => {
  const [id, user] = [uniqueId("org"), { id: uniqueId("user") }];
  const organization = { id, name: "Demoting", createdBy: uniqueId("user") };
  const membership = { organization, user, role: "org:admin", createdAt: at(-100) };
  await tell(membershipEvent("created", membership, at(-100)));
  const issuedAt = new Date(Date.now() - 20_000);
  const token = await tokenFor(user.id, id, { issuedAt }, "org:admin");
  const create = () =>
    elsewhere(token, "/assistants", { method: "POST", body: JSON.stringify({ name: "A" }) });
  expect((await create()).status).toBe(201);
  const demoted = { ...membership, role: "org:member" };
  await tell(membershipEvent("updated", demoted, new Date(Date.now() - 5_000)));
  expect((await create()).status).toBe(403);
  expect((await elsewhere(token)).status).toBe(200);
});

test("when the founder leaves, the next admin to come in succeeds them, and the log says so", async () => {
  const [id, founder, admin, member] = [
    uniqueId("org"),
    uniqueId("user"),
    uniqueId("user"),
    uniqueId("user"),
  ];
  const organization = { id, name: "Succession", createdBy: founder };
  const tenantId = await organizationTenantId(id);
  const read = async (user: string, role: string) =>
    (await elsewhere(await tokenFor(user, id, {}, role), "/audit-log")).status;
  expect(await read(founder, "org:admin")).toBe(200);
  expect(await read(member, "org:member")).toBe(403);
  expect(await read(admin, "org:admin")).toBe(403);
  const leaving = { organization, user: { id: founder }, role: "org:admin" };
  await tell(membershipEvent("deleted", leaving, new Date(Date.now() + 1_000)));
  expect(await read(member, "org:member")).toBe(403);
  expect(await read(admin, "org:admin")).toBe(200);
  // What Clerk says of the founding stays true there, and gives nothing back here.
  await tell(organizationEvent("updated", { ...organization, name: "Renamed" }, new Date()));
  expect(await read(admin, "org:admin")).toBe(200);
  expect(await tenantRow(tenantId)).toMatchObject({ name: "Renamed", founder_id: admin });
  const audit = (await auditOf(tenantId)) as Array<{ action: string; target_id: string }>;
  expect(audit.filter(({ target_id }) => target_id === admin).map(({ action }) => action)).toEqual([
    "member.joined",
    "member.role_changed",
  ]);
});
