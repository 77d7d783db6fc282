import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { parseEnv } from "../env.ts";
import { nextTurns } from "../ingest/next-turns.ts";
import { claimWork } from "../ingest/stages/load.ts";
import { systemContext } from "../ingest/system-context.ts";
import { storageKey } from "../services/documents/storage-key.ts";
import { wire } from "../wiring.ts";
import { createDeployment, type Deployment } from "./at-least-once/deployment.ts";
import { collectionOf } from "./at-least-once/steps.ts";
import { asOwner } from "./harness.ts";

type Kind = "ingest" | "purge" | "index";

const wiring = () => wire(parseEnv({ ...env }));

/** Documents that wait for their turn, as many, each with its message: what a bulk import leaves. */
async function fill(at: Deployment, count: number, kind: Kind = "ingest"): Promise<string[]> {
  const collectionId = await collectionOf(at);
  const key = storageKey(at.tenantId, crypto.randomUUID(), 1);
  await at.files.put(key, "# Bulk\n\nOne of very many.");
  const [documents] = await asOwner().transaction([
    asOwner()`insert into documents (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key, status)
      select gen_random_uuid(), ${at.tenantId}, ${collectionId}, 'bulk.md', 'text/markdown', 25, '', ${key}, 'queued'
      from generate_series(1, ${count}) returning id`,
    asOwner()`insert into ingest_jobs (document_id, tenant_id, version, kind, created_at, due_at)
      select id, tenant_id, 1, ${kind}, now() - interval '1 hour', now() + interval '1 hour' from documents
      where collection_id = ${collectionId}`,
  ]);
  const ids = (documents ?? []).map(({ id }) => String(id));
  for (const id of ids) at.queue.push({ v: 1, tenant_id: at.tenantId, document_id: id });
  return ids;
}

async function forget(...deployments: Deployment[]): Promise<void> {
  for (const { tenantId } of deployments)
    await asOwner()`delete from ingest_jobs where tenant_id = ${tenantId}`;
}

async function waiting({ tenantId }: Deployment): Promise<number> {
  const [row] = await asOwner()`select count(*)::int as n from ingest_jobs where tenant_id = ${tenantId}`;
  return Number(row?.n);
}

/** As many claims as a tenant may have, of its first documents. */
async function occupy(at: Deployment, documentIds: string[]): Promise<void> {
  await asOwner()`update ingest_jobs set claimed_until = now() + interval '10 minutes'
    where tenant_id = ${at.tenantId} and document_id = any(${documentIds})`;
}

test("a single upload behind another tenant's two hundred is ready after a handful of slices; messages are conserved", async () => {
  const queue: unknown[] = [];
  const [bulk, single] = [await createDeployment(queue), await createDeployment(queue)];
  await fill(bulk, 200);
  const [id] = await fill(single, 1);
  let slices = 0;
  // Two tenants draw lots: one that wins none of twenty-five has met a chance of one in thirty million.
  for (; slices < 25 && (await waiting(single)) > 0; slices++) await bulk.deliver(queue.splice(0, 1));
  const [document] = await asOwner()`select status from documents where id = ${id}`;
  expect(document).toEqual({ status: "ready" });
  expect(await waiting(bulk)).toBe(201 - slices);
  expect(queue.length).toBeGreaterThanOrEqual(await waiting(bulk));
  await forget(bulk);
});

test("a tenant that has work in flight comes after one that has none", async () => {
  const queue: unknown[] = [];
  const [busy, idle] = [await createDeployment(queue), await createDeployment(queue)];
  const [first = ""] = await fill(busy, 6);
  await occupy(busy, [first]);
  await fill(idle, 3);
  for (let turn = 0; turn < 3; turn++) await busy.deliver(queue.splice(0, 1));
  expect([await waiting(busy), await waiting(idle)]).toEqual([6, 0]);
  await forget(busy);
});

test("no tenant has more claims than its slots, though many ask at once; what ends leaves a message for the rest", async () => {
  const at = await createDeployment([], { INGEST_SLOTS_PER_TENANT: "3" });
  const ids = await fill(at, 8);
  const ctx = systemContext(wiring(), at.tenantId);
  const claims = await Promise.all(ids.map((id) => claimWork(ctx, id, 3)));
  expect(claims.filter((claim) => claim !== null)).toHaveLength(3);
  const messages = at.queue.splice(0);
  await at.deliver(messages);
  expect({ left: await waiting(at), queue: at.queue }).toEqual({ left: 8, queue: [] });
  await asOwner()`update ingest_jobs set claimed_until = null where tenant_id = ${at.tenantId}`;
  await at.deliver(messages.slice(0, 1));
  expect({ left: await waiting(at), queue: at.queue.length }).toEqual({ left: 7, queue: 1 });
  for (let turn = 0; at.queue.length > 0 && turn < 10; turn++) await at.deliver(at.queue.splice(0, 1));
  expect(await waiting(at)).toBe(0);
});

test("neither removals nor documents that move to another store starve behind uploads, and those come first of the latter", async () => {
  const at = await createDeployment();
  const ids = {
    ingest: new Set(await fill(at, 30)),
    purge: new Set(await fill(at, 2, "purge")),
    index: new Set(await fill(at, 2, "index")),
  };
  const drawn = { ingest: 0, purge: 0, index: 0 };
  const { database } = wiring();
  for (let draw = 0; draw < 250; draw++) {
    const own = (await nextTurns(database, 4)).turns.find(({ tenantId }) => tenantId === at.tenantId);
    for (const kind of ["ingest", "purge", "index"] as const) {
      if (own && ids[kind].has(own.documentId)) drawn[kind]++;
    }
  }
  expect(drawn.purge).toBeGreaterThan(drawn.index);
  expect(drawn.ingest).toBeGreaterThan(drawn.index);
  expect(drawn.index).toBeGreaterThan(0);
  await forget(at);
});

test("who is next takes one round trip, about as long with ten thousand waiting as with a hundred", async () => {
  const [few, many] = [await createDeployment(), await createDeployment()];
  const { database } = wiring();
  const measure = async () => {
    const times: number[] = [];
    for (let run = 0; run < 9; run++) {
      const start = performance.now();
      expect((await nextTurns(database, 4)).turns.length).toBeGreaterThan(0);
      times.push(performance.now() - start);
    }
    return Math.min(...times);
  };
  await fill(few, 100);
  const before = await measure();
  await fill(many, 10_000);
  // As the server does by itself within a minute.
  await asOwner()`analyze ingest_jobs`;
  const after = await measure();
  // Half of them wait between two tries: those are passed one by one.
  await asOwner()`update ingest_jobs set ready_at = now() + interval '1 hour', created_at = created_at - interval '1 hour'
    where tenant_id = ${many.tenantId} and document_id::text < '8'`;
  const passing = await measure();
  expect(after).toBeLessThan(5 * before + 10);
  expect(passing).toBeLessThan(20 * before + 50);
  await forget(few, many);
});
