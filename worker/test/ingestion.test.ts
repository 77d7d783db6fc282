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

const DEAD = "ancre-ingest-dead";

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

test("a document that got nowhere for too long is ended by the sweep with its reason, and its work is kept", async () => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  const sql = asOwner();
  for (const [lastReason, reason] of [
    [null, "stalled"],
    ["upstream_unavailable", "upstream_unavailable"],
    ["a word of another release", "stalled"],
  ]) {
    const { id } = await ingest(
      tenant,
      collectionId,
      "note.md",
      `# Note\n\nStuck for ever, as ${lastReason}.`,
    );
    await sql.transaction([
      sql`update documents set status = 'processing', published_version = null where id = ${id}`,
      sql`insert into ingest_jobs (document_id, tenant_id, version, kind, progress, stuck_since, last_reason, due_at)
          values (${id}, ${tenant.id}, 1, 'ingest', ${await progressOf(id)}, now() - interval '8 minutes', ${lastReason},
            now() - interval '1 second')`,
    ]);
    await worker.scheduled(createScheduledController(), env as never);
    const after = await tenant.json<DocumentJson>("GET", `/documents/${id}`);
    expect(after).toMatchObject({ status: "failed", error_code: reason, failed_step: "publish" });
    expect(await stored(id)).toMatchObject({ jobs: [], pages: [{}], chunks: [{}], vectors: [{}] });
  }
});

/** How far a document is, as the job of one that got nowhere remembers it. */
async function progressOf(id: string): Promise<string> {
  const [row] = await asOwner()`
    select format('%s/%s/%s/%s', version, pages_done, chunks_total, chunks_done) as progress
    from documents where id = ${id}`;
  return String(row?.progress);
}

test("a dead letter ends the document it names if that got nowhere for too long, and leaves the others alone", async () => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  const sql = asOwner();
  const put = async (stuckSince: string | null) => {
    const { id } = await ingest(tenant, collectionId, "note.md", `# Note\n\nDead letter ${stuckSince}.`);
    await sql.transaction([
      sql`update documents set status = 'processing', published_version = null where id = ${id}`,
      sql`insert into ingest_jobs (document_id, tenant_id, version, kind, progress, stuck_since, ready_at, last_reason, due_at)
          values (${id}, ${tenant.id}, 1, 'ingest', ${await progressOf(id)}, now() + ${stuckSince}::interval,
            now() + interval '1 hour', 'internal', now() + interval '1 hour')`,
    ]);
    return id;
  };
  const [over, begun, waiting] = [await put("-481 seconds"), await put("-300 seconds"), await put(null)];
  const foreign = await createTenant();
  const letter = (id: string, tenantId = tenant.id) => ({ v: 1, tenant_id: tenantId, document_id: id });
  const early = await consume([letter(over, foreign.id), letter(begun), letter(waiting)], DEAD);
  expect(early.explicitAcks).toEqual(["0", "1", "2"]);
  for (const id of [over, begun, waiting]) expect((await stored(id)).jobs).toHaveLength(1);
  await consume([letter(over)], DEAD);
  expect(await tenant.json("GET", `/documents/${over}`)).toMatchObject({
    status: "failed",
    error_code: "internal",
  });
  await sql`delete from ingest_jobs where tenant_id = ${tenant.id}`;
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

test("work that only waits for its turn is never ended; the sweep takes work back whose consumer died at it", async () => {
  const tenant = await createTenant();
  const collectionId = await collectionOf(tenant);
  const sql = asOwner();
  const sweep = async (kind: string, claimed: string | null) => {
    const { id } = await ingest(tenant, collectionId, "note.md", `# Note\n\nWaiting: ${kind} ${claimed}.`);
    await sql.transaction([
      sql`update documents set status = 'queued', published_version = null where id = ${id}`,
      // Taken up two times, and not before tomorrow again, so that the queue leaves it as the sweep does.
      sql`insert into ingest_jobs (document_id, tenant_id, version, kind, claimed_until, attempts, ready_at, created_at, due_at)
          values (${id}, ${tenant.id}, 1, ${kind}, ${claimed}, 2, now() + interval '1 day', now() - interval '1 day',
            now() - interval '1 second')`,
    ]);
    await worker.scheduled(createScheduledController(), env as never);
    const [job] = (await stored(id)).jobs;
    await sql`delete from ingest_jobs where document_id = ${id}`;
    return job && { claimed: job.claimed_until !== null, due: Date.parse(String(job.due_at)) > Date.now() };
  };
  expect(await sweep("ingest", null)).toEqual({ claimed: false, due: true });
  expect(await sweep("ingest", "2020-01-01")).toEqual({ claimed: false, due: true });
  expect(await sweep("purge", "2020-01-01")).toEqual({ claimed: false, due: true });
  expect(await sweep("ingest", "2100-01-01")).toEqual({ claimed: true, due: true });
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

test("a picture whose bytes are mostly letters is refused as the picture it is", async () => {
  const tenant = await createTenant();
  const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...new Uint8Array(4_000).fill(65));
  const found = await ingest(tenant, await collectionOf(tenant), "photo.txt", picture);
  expect(found).toMatchObject({ status: "failed", error_code: "unsupported", media_type: "image/png" });
  expect(found.error_message).toMatch(/^This file is an image \(image\/png\)/);
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
