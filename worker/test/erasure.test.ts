import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { membershipEvent, organizationEvent } from "../../dev/clerk/events.ts";
import { signWebhook } from "../../dev/clerk/webhook.ts";
import { parseEnv } from "../env.ts";
import worker from "../index.ts";
import { chunkId } from "../ingest/chunking/chunk-id.ts";
import { systemContext } from "../ingest/system-context.ts";
import { wire } from "../wiring.ts";
import {
  asOwner,
  createTenant,
  type DeletionJson,
  send,
  type TestTenant,
  uniqueId,
  withApiKey,
} from "./harness.ts";
import { createFounder, createOwner } from "./hostile/party.ts";
import { joinAs } from "./hostile/session.ts";
import { storedRows } from "./hostile/stored-rows.ts";

/** What stays of an erased tenant: its empty row, the entry of its closing, and receipts, which hold no content. */
const STAYS = ["audit_log", "deletion_receipts", "tenants"];

const NAME = "The erased";

/** Runs what is due, again and again, until the erasure's receipt says that nothing is left. */
async function untilErased(tenant: TestTenant): Promise<DeletionJson> {
  for (let look = 0; look < 200; look++) {
    await worker.scheduled(createScheduledController(), env as never);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const receipt = await tenant.json<DeletionJson>("GET", `/tenants/${tenant.id}/deletion`);
    if (receipt.state === "complete") return receipt;
    await asOwner()`update deletion_receipts set due_at = now(), claimed_until = null
      where tenant_id = ${tenant.id} and due_at is not null and claimed_until is null`;
  }
  throw new Error(`tenant ${tenant.id} is not erased`);
}

/** Delivers an event as Clerk would. */
async function tell(payload: object): Promise<void> {
  const event = await signWebhook(env.CLERK_WEBHOOK_SECRET, { id: `msg_${crypto.randomUUID()}`, payload });
  expect((await send("/api/v1/webhooks/clerk", event)).status).toBe(200);
}

/** Ends the time for which somebody who came in before may still write. */
async function noMoreWriters(tenantId: string): Promise<void> {
  await asOwner()`update deletion_receipts set writes_until = now() where tenant_id = ${tenantId}`;
}

/** A row in every table that only imports and payments write. */
async function fillTheRest({ id }: TestTenant, collection: string): Promise<void> {
  const [importId, uploadId] = [crypto.randomUUID(), crypto.randomUUID()];
  const bucket = parseEnv(env as never).FILES;
  const key = `t/${id}/uploads/${uploadId}`;
  const { uploadId: multipart } = await bucket.createMultipartUpload(key);
  await bucket.put(`t/${id}/imports/${importId}`, "an archive");
  const sql = asOwner();
  await sql.transaction([
    sql`insert into imports (id, tenant_id, collection_id, kind, state, actor_kind, actor_id)
        values (${importId}, ${id}, ${collection}, 'zip', 'running', 'user', 'x')`,
    sql`insert into import_entries (id, tenant_id, import_id, ordinal, name, state)
        values (gen_random_uuid(), ${id}, ${importId}, 1, 'secret.md', 'pending')`,
    sql`insert into import_jobs (import_id, tenant_id, due_at) values (${importId}, ${id}, now() + interval '1 day')`,
    sql`insert into import_uploads (id, tenant_id, collection_id, filename, size_bytes, part_bytes, storage_key,
          multipart_id, expires_at)
        values (${uploadId}, ${id}, ${collection}, 'secret.zip', 1, 1, ${key}, ${multipart}, now() + interval '1 day')`,
    sql`insert into import_upload_parts (tenant_id, upload_id, number, etag, size_bytes)
        values (${id}, ${uploadId}, 1, 'x', 1)`,
    sql`insert into billing_accounts (tenant_id, customer_id, read_at) values (${id}, ${`cus_${id}`}, now())
        on conflict do nothing`,
  ]);
}

test("an erased tenant leaves no row, object or vector but what is named, and its twin is as it was", async () => {
  const [party, twin] = [await createFounder(NAME), await createFounder("The twin")];
  const tenant = party.client;
  await fillTheRest(tenant, party.ids.collection);
  const once = { "Idempotency-Key": "once" };
  await tenant.request("POST", "/collections", { name: "Another" }, once);
  const untouched = await storedRows(twin.client.id);
  const full = await storedRows(tenant.id);
  const empty = Object.keys(full).filter((table) => full[table]?.length === 0);
  // What only exists while a document is at work.
  expect(empty).toEqual(["ingest_jobs"]);
  const { objects } = await parseEnv(env as never).FILES.list({ prefix: `t/${tenant.id}/` });
  const { vectors } = systemContext(wire(parseEnv(env as never)), tenant.id);
  const vector = await chunkId(party.ids.document, 1, 0);
  expect(await vectors.present([vector])).toEqual([vector]);

  const asked = await tenant.request("DELETE", `/tenants/${tenant.id}`, { name: NAME });
  expect(asked.status).toBe(202);
  expect(asked.headers.get("Location")).toBe(`/api/v1/tenants/${tenant.id}/deletion`);
  expect(await asked.json()).toMatchObject({ subject: "tenant", subject_id: tenant.id, state: "purging" });
  for (const path of ["/documents", "/collections", `/tenants/${tenant.id}`]) {
    expect((await tenant.request("GET", path)).status, path).toBe(404);
  }
  expect((await tenant.request("DELETE", `/tenants/${tenant.id}`, { name: NAME })).status).toBe(404);
  expect(await (await tenant.request("GET", "/tenants")).text()).not.toContain(tenant.id);

  for (let look = 0; look < 200; look++) {
    await asOwner()`update ingest_jobs set due_at = now() where tenant_id = ${tenant.id} and claimed_until is null`;
    await worker.scheduled(createScheduledController(), env as never);
    const [busy] = await asOwner()`select 1 from documents where tenant_id = ${tenant.id}`;
    if (!busy) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  // Whoever was let in just before writes once more.
  await asOwner()`insert into collections (id, tenant_id, name) values (gen_random_uuid(), ${tenant.id}, 'Late')`;
  expect(await tenant.json("GET", `/tenants/${tenant.id}/deletion`)).toMatchObject({ state: "purging" });
  await noMoreWriters(tenant.id);
  const receipt = await untilErased(tenant);

  const left = await storedRows(tenant.id);
  const full2 = Object.keys(left).filter((table) => left[table]?.length !== 0);
  expect(full2.toSorted()).toEqual(STAYS);
  expect(left.audit_log).toEqual([expect.objectContaining({ action: "tenant.closed", detail: {} })]);
  const tombstone = { id: tenant.id, name: "", plan: "free", clerk_org_id: null, founder_id: null };
  expect(left.tenants).toEqual([expect.objectContaining({ ...tombstone, deleted_at: expect.any(String) })]);
  expect(JSON.stringify(left)).not.toMatch(/secret|amaranth|Reader|Library|The erased/);
  expect(await vectors.present([vector])).toEqual([]);
  const { figures } = receipt;
  const gone = (count = 0) => ({ expected: count, purged: count, remaining: 0 });
  expect(figures).toMatchObject({ vectors: gone(full.chunk_embeddings?.length) });
  expect(figures?.objects).toEqual(gone(objects.length));
  for (const [table, rows] of Object.entries(full)) {
    // An import's work ends when the tenant closes, before anything is counted.
    if ([...STAYS, "files", "ingest_jobs", "import_jobs"].includes(table)) continue;
    const figure = figures?.rows.by_table[table];
    expect({ table, ...figure }).toMatchObject({ table, remaining: 0 });
    // Counters of what is read and asked go on while it is being erased.
    expect(figure?.purged, table).toBeGreaterThanOrEqual(rows.length);
  }
  expect(await storedRows(twin.client.id)).toEqual(untouched);
}, 240_000);

test("only the owner, signed in and naming it, erases a tenant; nothing changes otherwise", async () => {
  const organization = uniqueId("org");
  const owner = await createOwner("an organisation", organization);
  const admin = await joinAs("admin", uniqueId("user"), organization);
  await admin.json("GET", "/members");
  const key = await withApiKey(owner.client, { scopes: ["chat", "read", "write"] });
  const stranger = await createFounder("A stranger");
  const { name } = await owner.client.json<{ name: string }>("GET", `/tenants/${owner.client.id}`);
  const path = `/tenants/${owner.client.id}`;
  const before = await storedRows(owner.client.id);
  const attempts: Array<[TestTenant, string, number]> = [
    [admin, name, 403],
    [key, name, 403],
    [stranger.client, name, 404],
    [owner.client, `${name} `, 422],
    [owner.client, name.toUpperCase(), 422],
  ];
  for (const [client, given, status] of attempts) {
    expect((await client.request("DELETE", path, { name: given })).status).toBe(status);
    expect((await client.request("GET", `${path}/deletion`)).status).toBe(client === key ? 403 : 404);
  }
  expect(await storedRows(owner.client.id)).toEqual(before);
});

test("who asked can see the receipt when the tenant is gone, and nobody else", async () => {
  const party = await createFounder(NAME);
  const stranger = await createFounder("A stranger");
  const path = `/tenants/${party.client.id}/deletion`;
  await party.client.json("DELETE", `/tenants/${party.client.id}`, { name: NAME });
  expect(await party.client.json("GET", path)).toMatchObject({ subject: "tenant", parent_id: null });
  expect((await stranger.client.request("GET", path)).status).toBe(404);
  expect((await send(`/api/v1${path}`)).status).toBe(404);
});

test("an organisation deleted at Clerk is erased too, and what is told of it late founds nothing", async () => {
  const organization = uniqueId("org");
  const owner = await createOwner("an organisation", organization);
  const { id } = owner.client;
  const user = uniqueId("user");
  const told = { id: organization, name: "Told late", createdBy: user };
  await tell(organizationEvent("deleted", told, new Date()));
  await noMoreWriters(id);
  const sql = asOwner();
  for (let look = 0; look < 200; look++) {
    await sql`update ingest_jobs set due_at = now() where tenant_id = ${id} and claimed_until is null`;
    await sql`update deletion_receipts set due_at = now()
      where tenant_id = ${id} and due_at is not null and (claimed_until is null or claimed_until < now())`;
    await worker.scheduled(createScheduledController(), env as never);
    const [open] =
      await sql`select 1 from deletion_receipts where tenant_id = ${id} and completed_at is null`;
    if (!open) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const erased = await storedRows(id);
  expect(erased.tenants).toMatchObject([{ name: "", clerk_org_id: null }]);
  expect(erased.deletion_receipts?.find(({ subject }) => subject === "tenant")).toMatchObject({
    actor_kind: "system",
    actor_id: "clerk",
    completed_at: expect.any(String),
  });
  const membership = { organization: told, user: { id: user }, role: "org:admin", createdAt: new Date() };
  await tell(membershipEvent("created", membership, new Date()));
  await tell(membershipEvent("deleted", membership, new Date()));
  await tell(organizationEvent("updated", told, new Date()));
  const late = await joinAs("owner", user, organization);
  expect((await late.request("GET", "/members")).status).toBe(401);
  expect(await storedRows(id)).toEqual(erased);
  const full = Object.keys(erased).filter((table) => erased[table]?.length !== 0);
  expect(full.toSorted()).toEqual(STAYS);
}, 240_000);

test("the audit log of a tenant that isn't closed can't be erased", async () => {
  const tenant = await createTenant();
  const { db } = systemContext(wire(parseEnv(env as never)), tenant.id);
  const { sql } = await import("drizzle-orm");
  expect(await db.rows(sql`select erase_audit_log(100) as done`)).toEqual([{ done: 0 }]);
  expect((await storedRows(tenant.id)).audit_log).toHaveLength(1);
});
