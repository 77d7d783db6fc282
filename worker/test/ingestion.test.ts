import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { parseEnv } from "../env.ts";
import worker from "../index.ts";
import { chunkId } from "../ingest/chunking/chunk-id.ts";
import { failDocument } from "../ingest/stages/fail.ts";
import { readWork } from "../ingest/stages/load.ts";
import { publishDocument } from "../ingest/stages/publish.ts";
import { systemContext } from "../ingest/system-context.ts";
import { wire } from "../wiring.ts";
import {
  asOwner,
  createTenant,
  type DocumentJson,
  ingest,
  send,
  type TestTenant,
  untilSettled,
} from "./harness.ts";

const LONG = Array.from({ length: 40 }, (_, i) =>
  `## Part ${i}\n\nParagraph ${i} tells of subject ${i}. `.repeat(6),
).join("\n\n");

async function collectionOf(tenant: TestTenant): Promise<string> {
  return (await tenant.json<{ id: string }>("POST", "/collections", { name: "Library" })).id;
}

async function stored(documentId: string) {
  const sql = asOwner();
  const [pages, chunks, vectors, jobs] = await Promise.all([
    sql`select number, label, text from document_pages where document_id = ${documentId} order by number`,
    sql`select id, ordinal, segments, text from chunks where document_id = ${documentId} order by ordinal`,
    sql`select chunk_id from chunk_embeddings
        where chunk_id = any(${await derivedIds(documentId)}) order by chunk_id`,
    sql`select * from ingest_jobs where document_id = ${documentId}`,
  ]);
  return { pages, chunks, vectors, jobs };
}

/** Ids of a document's first chunks, whether or not their rows still exist: a vector is looked for by id. */
function derivedIds(documentId: string): Promise<string[]> {
  return Promise.all(Array.from({ length: 200 }, (_, ordinal) => chunkId(documentId, 1, ordinal)));
}

/** Hands the consumer messages as the queue would, and says what it decided. */
async function consume(bodies: unknown[], queue = "ancre-ingest") {
  const messages = bodies.map((body, index) => ({
    id: String(index),
    timestamp: new Date(),
    attempts: 1,
    body,
  }));
  const batch = createMessageBatch(queue, messages);
  const ctx = createExecutionContext();
  await worker.queue(batch as never, env as never);
  return getQueueResult(batch, ctx);
}

test("every chunk can be cut again from the stored pages", async () => {
  const tenant = await createTenant();
  const { id } = await ingest(tenant, await collectionOf(tenant), "long.md", LONG);
  const { pages, chunks, vectors, jobs } = await stored(id);
  expect(chunks.length).toBeGreaterThan(5);
  expect(vectors).toHaveLength(chunks.length);
  expect(jobs).toEqual([]);
  for (const chunk of chunks) {
    const again = (chunk.segments as Array<{ page: number; start: number; end: number }>)
      .map(({ page, start, end }) => pages.find(({ number }) => number === page)?.text.slice(start, end))
      .join("\n");
    expect(again).toBe(chunk.text);
  }
});

test("a message that comes again, late or for nothing is acked and changes nothing", async () => {
  const tenant = await createTenant();
  const { id } = await ingest(tenant, await collectionOf(tenant), "long.md", LONG);
  const before = await stored(id);
  const message = { v: 1, tenant_id: tenant.id, document_id: id };
  const unknown = { v: 1, tenant_id: tenant.id, document_id: crypto.randomUUID() };
  const result = await consume([message, message, unknown, { nonsense: true }]);
  expect(result.explicitAcks).toEqual(["0", "1", "2", "3"]);
  expect(result.retryMessages).toEqual([]);
  expect(await stored(id)).toEqual(before);
});

test("work that was interrupted goes on where the stored state ends, with the same chunk ids", async () => {
  const tenant = await createTenant();
  const { id } = await ingest(tenant, await collectionOf(tenant), "long.md", LONG);
  const clean = await stored(id);
  const sql = asOwner();
  const halves = [
    sql`update chunks set indexed = false where document_id = ${id} and ordinal > 3`,
    sql`delete from chunk_embeddings where chunk_id in (select id from chunks where document_id = ${id} and ordinal > 3)`,
  ];
  const beforeChunks = [
    sql`delete from chunks where document_id = ${id}`,
    sql`update documents set chunks_total = null, chunks_done = 0 where id = ${id}`,
  ];
  const beforePages = [
    ...beforeChunks,
    sql`delete from document_pages where document_id = ${id} and number > 2`,
    sql`update documents set pages_done = 2 where id = ${id}`,
  ];
  for (const damage of [halves, beforeChunks, beforePages]) {
    await sql.transaction([
      ...damage,
      sql`update documents set status = 'processing', published_version = null where id = ${id}`,
      sql`insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
          values (${id}, ${tenant.id}, 1, 'ingest', now())`,
    ]);
    await consume([{ v: 1, tenant_id: tenant.id, document_id: id }]);
    expect(await stored(id)).toEqual(clean);
    expect(await tenant.json("GET", `/documents/${id}`)).toMatchObject({ status: "ready" });
  }
});

test("what the queue forgot is sent again by the sweep once it is due", async () => {
  const tenant = await createTenant();
  const { id } = await ingest(
    tenant,
    await collectionOf(tenant),
    "note.md",
    "# Note\n\nForgotten by the queue.",
  );
  const sql = asOwner();
  await sql.transaction([
    sql`update documents set status = 'queued', published_version = null, pages_total = null, pages_done = 0,
        chunks_total = null, chunks_done = 0 where id = ${id}`,
    sql`delete from document_pages where document_id = ${id}`,
    sql`delete from chunks where document_id = ${id}`,
    sql`insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
        values (${id}, ${tenant.id}, 1, 'ingest', now() - interval '1 second')`,
  ]);
  const ctx = createExecutionContext();
  await worker.scheduled(createScheduledController(), env as never);
  await waitOnExecutionContext(ctx);
  expect(await untilSettled(tenant, id)).toMatchObject({ status: "ready" });
});

test("a document without progress for too long is ended by the sweep, with its reason", async () => {
  const tenant = await createTenant();
  const { id } = await ingest(tenant, await collectionOf(tenant), "note.md", "# Note\n\nStuck for ever.");
  const sql = asOwner();
  await sql.transaction([
    sql`update documents set status = 'processing', published_version = null where id = ${id}`,
    sql`insert into ingest_jobs (document_id, tenant_id, version, kind, stalls, due_at)
        values (${id}, ${tenant.id}, 1, 'ingest', 99, now() - interval '1 second')`,
  ]);
  await worker.scheduled(createScheduledController(), env as never);
  expect(await tenant.json("GET", `/documents/${id}`)).toMatchObject({
    status: "failed",
    error_code: "stalled",
  });
  expect((await stored(id)).chunks).toEqual([]);
});

test("what the queue gave up on is left to the sweep, which ends it with the reason of the last attempt", async () => {
  const tenant = await createTenant();
  const { id } = await ingest(tenant, await collectionOf(tenant), "note.md", "# Note\n\nNobody embeds this.");
  await asOwner()`insert into ingest_jobs (document_id, tenant_id, version, kind, stalls, last_reason, due_at)
    values (${id}, ${tenant.id}, 1, 'ingest', 99, 'upstream_unavailable', now() - interval '1 second')`;
  const result = await consume([{ v: 1, tenant_id: tenant.id, document_id: id }], "ancre-ingest-dead");
  expect(result.explicitAcks).toEqual(["0"]);
  expect((await stored(id)).jobs).toHaveLength(1);
  await worker.scheduled(createScheduledController(), env as never);
  expect(await tenant.json("GET", `/documents/${id}`)).toMatchObject({
    status: "failed",
    error_code: "upstream_unavailable",
  });
});

test("two consumers don't share a document's work", async () => {
  const tenant = await createTenant();
  const { id } = await ingest(tenant, await collectionOf(tenant), "note.md", "# Note\n\nClaimed.");
  const sql = asOwner();
  await sql.transaction([
    sql`update documents set status = 'queued', published_version = null where id = ${id}`,
    sql`insert into ingest_jobs (document_id, tenant_id, version, kind, claimed_until, due_at)
        values (${id}, ${tenant.id}, 1, 'ingest', now() + interval '1 minute', now() + interval '1 hour')`,
  ]);
  const result = await consume([{ v: 1, tenant_id: tenant.id, document_id: id }]);
  expect(result.explicitAcks).toEqual(["0"]);
  expect(await tenant.json("GET", `/documents/${id}`)).toMatchObject({ status: "queued" });
});

test("work that only waits for its turn doesn't stall; work whose consumer died at it does", async () => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  const sql = asOwner();
  // Documents that the queue can't advance: their version is not the job's.
  const stalls = async (claimedUntil: string | null) => {
    const { id } = await ingest(tenant, collectionId, "note.md", `# Note\n\nWaiting ${claimedUntil}.`);
    await sql.transaction([
      sql`update documents set status = 'queued', published_version = null, version = 2 where id = ${id}`,
      sql`insert into ingest_jobs (document_id, tenant_id, version, kind, claimed_until, due_at)
          values (${id}, ${tenant.id}, 1, 'ingest', ${claimedUntil}, now() - interval '1 second')`,
    ]);
    await worker.scheduled(createScheduledController(), env as never);
    return (await stored(id)).jobs[0]?.stalls;
  };
  expect(await stalls(null)).toBe(0);
  expect(await stalls("2020-01-01")).toBe(1);
});

test("a document that is deleted or failed while a consumer is at it stays so", async () => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  const ctx = systemContext(wire(parseEnv(env as never)), tenant.id);
  for (const end of ["delete", "fail"]) {
    const { id } = await ingest(tenant, collectionId, "note.md", "# Note\n\nWorked on while it ends.");
    await asOwner()`insert into ingest_jobs (document_id, tenant_id, version, kind, claimed_until, due_at)
      values (${id}, ${tenant.id}, 1, 'ingest', now() + interval '1 minute', now() + interval '1 minute')`;
    const work = await readWork(ctx, id);
    if (!work) throw new Error("no work");
    if (end === "delete") await tenant.request("DELETE", `/documents/${id}`);
    else await failDocument(ctx, work.document, "corrupt");
    await expect(publishDocument(ctx, work.document)).rejects.toThrow();
    const after = await tenant.request("GET", `/documents/${id}`);
    if (end === "delete") expect(after.status).toBe(404);
    else expect(await after.json()).toMatchObject({ status: "failed", error_code: "corrupt" });
  }
});

test("a message that pairs a tenant with another's document does nothing", async () => {
  const [owner, other] = [await createTenant(), await createTenant()];
  const { id } = await ingest(owner, await collectionOf(owner), "note.md", "# Note\n\nMine.");
  await asOwner()`insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
    values (${id}, ${owner.id}, 1, 'purge', now() + interval '1 hour')`;
  const result = await consume([{ v: 1, tenant_id: other.id, document_id: id }]);
  expect(result.explicitAcks).toEqual(["0"]);
  expect(await owner.json("GET", `/documents/${id}`)).toMatchObject({ status: "ready" });
});

const RUBBISH = crypto.getRandomValues(new Uint8Array(3_000));

test.each([
  ["empty.txt", "", "empty"],
  ["blank.txt", "  \n\n ", "empty"],
  ["noise.pdf", RUBBISH, "corrupt"],
  ["cut.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "corrupt"],
])("%s ends as failed, with a sentence and nothing to be found", async (filename, content, reason) => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  const document = await ingest(tenant, collectionId, filename, content);
  expect(document).toMatchObject({ status: "failed", error_code: reason });
  expect(document.error_message).toMatch(/^[A-Z].+\.$/);
  const french = await send(`/api/v1/documents/${document.id}`, {
    headers: { "X-Tenant-Id": tenant.id, "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5" },
  });
  expect(((await french.json()) as DocumentJson).error_message).toMatch(/^(Le|La|Ce|Aucun) /);
  const { pages, chunks, vectors, jobs } = await stored(document.id);
  expect({ pages, chunks, vectors, jobs }).toEqual({ pages: [], chunks: [], vectors: [], jobs: [] });
  const { metrics } = await tenant.json<{ metrics: Array<{ metric: string; used: number }> }>(
    "GET",
    "/usage",
  );
  expect(metrics.find(({ metric }) => metric === "pages")?.used).toBe(0);
});

test("a deletion leaves nothing in Postgres, the vector store or R2, and gives the quota back", async () => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  const { id } = await ingest(tenant, collectionId, "note.md", "# Note\n\nSoon to be gone.");
  const bucket = (env as unknown as { FILES: R2Bucket }).FILES;
  const prefix = `t/${tenant.id}/${id}/`;
  expect((await bucket.list({ prefix })).objects).toHaveLength(1);
  await tenant.request("DELETE", `/documents/${id}`);
  await untilGone(async () => (await asOwner()`select 1 from documents where id = ${id}`).length);
  const { pages, chunks, vectors, jobs } = await stored(id);
  expect({ pages, chunks, vectors, jobs }).toEqual({ pages: [], chunks: [], vectors: [], jobs: [] });
  expect((await bucket.list({ prefix })).objects).toEqual([]);
  const { metrics } = await tenant.json<{ metrics: Array<{ metric: string; used: number }> }>(
    "GET",
    "/usage",
  );
  const used = Object.fromEntries(metrics.map(({ metric, used: amount }) => [metric, amount]));
  expect(used).toMatchObject({ documents: 0, storage_bytes: 0, pages: 1 });
});

test("deleting a collection takes its documents along and leaves its assistants", async () => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  await ingest(tenant, collectionId, "a.md", "# A\n\nFirst.");
  await ingest(tenant, collectionId, "b.md", "# B\n\nSecond.");
  const assistant = await tenant.json<{ id: string }>("POST", "/assistants", {
    name: "Reader",
    collection_ids: [collectionId],
  });
  expect((await tenant.request("DELETE", `/collections/${collectionId}`)).status).toBe(202);
  expect((await tenant.request("GET", `/collections/${collectionId}`)).status).toBe(404);
  expect((await tenant.json<{ data: DocumentJson[] }>("GET", "/documents")).data).toEqual([]);
  expect(await tenant.json("GET", `/assistants/${assistant.id}`)).toMatchObject({ collection_ids: [] });
  await untilGone(async () => (await asOwner()`select 1 from collections where id = ${collectionId}`).length);
});

async function untilGone(count: () => Promise<number>): Promise<void> {
  for (let look = 0; look < 1_000; look++) {
    if ((await count()) === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("still there");
}
