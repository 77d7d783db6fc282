import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { markDocuments } from "../../dev/reindex/mark-documents.ts";
import type { TenantContext } from "../context.ts";
import { parseEnv } from "../env.ts";
import worker from "../index.ts";
import { advance } from "../ingest/pipeline.ts";
import { systemContext } from "../ingest/system-context.ts";
import { UpstreamError } from "../ports/language-model.ts";
import type { VectorStore } from "../ports/vector-store.ts";
import { reindexDocument } from "../services/documents/reindex.ts";
import { wire } from "../wiring.ts";
import { asOwner, createTenant, type DocumentJson, ingest, type TestTenant } from "./harness.ts";

const TEXT = Array.from({ length: 12 }, (_, i) =>
  `## Part ${i}\n\nThe notice period of contract ${i} is ${i + 1} months. `.repeat(8),
).join("\n\n");

async function library() {
  const tenant = await createTenant();
  const { id } = await tenant.json<{ id: string }>("POST", "/collections", { name: "Library" });
  const document = await ingest(tenant, id, "contracts.md", TEXT);
  expect(document).toMatchObject({ status: "ready" });
  return { tenant, collectionId: id, document };
}

function context(tenant: TestTenant): TenantContext {
  return systemContext(wire(parseEnv({ ...env })), tenant.id);
}

/** An embedding model that must not be asked. */
function silent(ctx: TenantContext): TenantContext["embeddings"] {
  const { name, dimensions } = ctx.embeddings;
  return { name, dimensions, embed: () => Promise.reject(new Error("was asked to embed")) };
}

/** A store outside Postgres, which nothing but a call makes forget. */
function outside(
  before: () => Promise<unknown> = async () => {},
): VectorStore & { held: Map<string, number[]> } {
  const held = new Map<string, number[]>();
  return {
    held,
    async upsert(entries) {
      await before();
      for (const { id, vector } of entries) held.set(id, vector);
    },
    query: async () => [],
    async delete(ids) {
      for (const id of ids) held.delete(id);
    },
    present: async (ids) => ids.filter((id) => held.has(id)),
  };
}

async function state(tenant: TestTenant, { id }: DocumentJson) {
  const [row] = await asOwner()`select
    (select count(*) from chunks where document_id = ${id})::int as chunks,
    (select count(*) from chunks where document_id = ${id} and indexed)::int as indexed,
    (select count(*) from chunk_embeddings where tenant_id = ${tenant.id} and model not like 'other@%')::int as vectors,
    (select kind from ingest_jobs where document_id = ${id}) as job,
    (select coalesce(sum(amount), 0) from usage_daily
      where tenant_id = ${tenant.id} and metric = 'embedding_tokens')::int as tokens`;
  return row as { chunks: number; indexed: number; vectors: number; job: string | null; tokens: number };
}

async function untilNoJob(tenant: TestTenant): Promise<void> {
  await worker.scheduled(createScheduledController(), { ...env } as never);
  for (let look = 0; look < 1_000; look++) {
    const [busy] = await asOwner()`select 1 from ingest_jobs where tenant_id = ${tenant.id} limit 1`;
    if (!busy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("still at work");
}

/** The cosine similarity of the best hit, which only the vector store can have told. */
async function found(tenant: TestTenant, collectionId: string): Promise<number | null | undefined> {
  const { data } = await tenant.json<{ data: Array<{ dense_score: number | null }> }>("POST", "/search", {
    query: "What is the notice period of contract 7?",
    collection_ids: [collectionId],
  });
  return data[0]?.dense_score;
}

test("what is marked goes through sweep and queue without an embedding call; the document is found all along", async () => {
  const { tenant, collectionId, document } = await library();
  const before = await state(tenant, document);
  expect(before).toMatchObject({ job: null, vectors: before.chunks });
  expect(await markDocuments(asOwner(), tenant.id)).toBe(1);
  expect(await markDocuments(asOwner(), tenant.id)).toBe(1);
  expect(await state(tenant, document)).toEqual({ ...before, indexed: 0, job: "index" });
  expect(await tenant.json("GET", `/documents/${document.id}`)).toEqual(document);
  await untilNoJob(tenant);
  expect(await state(tenant, document)).toEqual(before);
  expect(await tenant.json("GET", `/documents/${document.id}`)).toEqual(document);
  await markDocuments(asOwner(), tenant.id);
  expect(await found(tenant, collectionId)).toBeGreaterThan(0);
  await untilNoJob(tenant);
  expect(await found(tenant, collectionId)).toBeGreaterThan(0);
});

test("another store gets every kept vector as it is, and the model isn't asked", async () => {
  const { tenant, document } = await library();
  const ctx = context(tenant);
  const vectors = outside();
  await markDocuments(asOwner(), tenant.id);
  expect(await advance({ ...ctx, vectors, embeddings: silent(ctx) }, document.id)).toEqual({
    state: "settled",
  });
  const kept =
    await asOwner()`select chunk_id, embedding::text from chunk_embeddings where tenant_id = ${tenant.id}`;
  expect(kept.length).toBeGreaterThan(5);
  expect(vectors.held).toEqual(new Map(kept.map((row) => [row.chunk_id, JSON.parse(String(row.embedding))])));
  expect(await state(tenant, document)).toMatchObject({ job: null, indexed: kept.length });
});

test("a vector of another model is embedded again, and its tokens are on record", async () => {
  const { tenant, document } = await library();
  const before = await state(tenant, document);
  await asOwner()`update chunk_embeddings set model = 'other@1536' where tenant_id = ${tenant.id}`;
  await markDocuments(asOwner(), tenant.id);
  await untilNoJob(tenant);
  expect(await state(tenant, document)).toEqual({ ...before, tokens: before.tokens * 2 });
});

test("a document that is deleted while it moves leaves no vector in the store", async () => {
  const { tenant, document } = await library();
  const ctx = context(tenant);
  const vectors = outside(() => tenant.request("DELETE", `/documents/${document.id}`));
  await markDocuments(asOwner(), tenant.id);
  expect(await advance({ ...ctx, vectors }, document.id)).toEqual({ state: "settled" });
  expect(vectors.held.size).toBe(0);
  await vi.waitFor(
    async () => expect(await state(tenant, document)).toMatchObject({ chunks: 0, vectors: 0 }),
    { timeout: 60_000, interval: 50 },
  );
  // The lease of whoever moved it isn't over, so the purge looks once more after it.
  expect(await state(tenant, document)).toMatchObject({ job: "purge" });
  expect(await markDocuments(asOwner(), tenant.id)).toBe(0);
});

test("what another consumer has ended well meanwhile keeps its vectors", async () => {
  const { tenant, document } = await library();
  const vectors = outside(() => asOwner()`delete from ingest_jobs where document_id = ${document.id}`);
  await markDocuments(asOwner(), tenant.id);
  expect(await advance({ ...context(tenant), vectors }, document.id)).toEqual({ state: "settled" });
  expect(vectors.held.size).toBeGreaterThan(5);
});

test("a consumer of the ingestion that came before can't write into the work that followed", async () => {
  const { tenant, document } = await library();
  const sql = asOwner();
  await sql`update chunks set indexed = false where document_id = ${document.id}`;
  await sql`insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
    values (${document.id}, ${tenant.id}, 1, 'ingest', now() + interval '1 hour')`;
  const vectors = outside(async () => {
    await sql`delete from ingest_jobs where document_id = ${document.id}`;
    await markDocuments(asOwner(), tenant.id);
  });
  expect(await advance({ ...context(tenant), vectors }, document.id)).toEqual({ state: "settled" });
  expect(await state(tenant, document)).toMatchObject({ indexed: 0, job: "index" });
  await untilNoJob(tenant);
});

test("a store or model that refuses leaves the document ready and its work on record, tried ever more rarely", async () => {
  const { tenant, document } = await library();
  const ctx = context(tenant);
  const refusing = outside(() => Promise.reject(new UpstreamError("no such index", { retryable: false })));
  await markDocuments(asOwner(), tenant.id);
  const outcome = await advance({ ...ctx, vectors: refusing }, document.id);
  expect(outcome).toMatchObject({ state: "retry", reason: "upstream_refused" });
  const sql = asOwner();
  await sql`update ingest_jobs set attempts = 9, claimed_until = now() - interval '1 second', due_at = now()
    where document_id = ${document.id}`;
  await worker.scheduled(createScheduledController(), { ...env } as never);
  const [job] =
    await sql`select ready_at > now() + interval '1 hour' as rarely, claimed_until from ingest_jobs
    where document_id = ${document.id}`;
  expect(job).toEqual({ rarely: true, claimed_until: null });
  await sql`update ingest_jobs set ready_at = now(), due_at = now() where document_id = ${document.id}`;
  await untilNoJob(tenant);
  expect(await tenant.json("GET", `/documents/${document.id}`)).toEqual(document);
});

test("a document that is being ingested indexes its chunks again, as ingestion", async () => {
  const { tenant, document } = await library();
  const sql = asOwner();
  await sql.transaction([
    sql`update documents set status = 'processing', published_version = null where id = ${document.id}`,
    sql`insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
        values (${document.id}, ${tenant.id}, 1, 'ingest', now())`,
  ]);
  expect(await markDocuments(asOwner(), tenant.id)).toBe(0);
  expect(await state(tenant, document)).toMatchObject({ indexed: 0, job: "ingest" });
  const ctx = context(tenant);
  const vectors = outside();
  await advance({ ...ctx, vectors, embeddings: silent(ctx) }, document.id);
  const after = await state(tenant, document);
  expect(vectors.held.size).toBe(after.chunks);
  expect(after).toMatchObject({ indexed: after.chunks, job: null });
  expect(await tenant.json("GET", `/documents/${document.id}`)).toMatchObject({ status: "ready" });
});

test("marking a document whose earlier versions are still to be tidied up does both", async () => {
  const { tenant, document } = await library();
  await tenant.json("POST", `/documents/${document.id}/reindex`);
  await untilNoJob(tenant);
  const sql = asOwner();
  await sql.transaction([
    sql`update chunks set indexed = true where document_id = ${document.id}`,
    sql`insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
      values (${document.id}, ${tenant.id}, 2, 'tidy', now() + interval '1 hour')`,
  ]);
  expect(await markDocuments(sql, tenant.id)).toBe(1);
  await untilNoJob(tenant);
  const placed = await sql`select version, bool_and(indexed) as indexed from chunks
    where document_id = ${document.id} group by version order by version`;
  expect(placed).toEqual([
    { version: 1, indexed: false },
    { version: 2, indexed: true },
  ]);
});

test("marking a document in the middle of an update that fails puts the version that stays into the store", async () => {
  const { tenant, document } = await library();
  const ctx = context(tenant);
  const sql = asOwner();
  const failing = outside(async () => {
    // Moved while it is updated.
    expect(await markDocuments(sql, tenant.id)).toBe(0);
    throw new UpstreamError("no such index", { retryable: false });
  });
  // Nobody else takes the update up.
  const queue = { send: async () => {}, sendBatch: async () => {} } as never;
  await reindexDocument({ ...ctx, ingestQueue: queue }, document.id, "en");
  await advance({ ...ctx, vectors: failing, ingestQueue: queue }, document.id);
  expect(await tenant.json("GET", `/documents/${document.id}`)).toMatchObject({
    status: "ready",
    version: 1,
    error_code: "upstream_refused",
  });
  expect(await state(tenant, document)).toMatchObject({ indexed: 0, job: "index" });
  const vectors = outside();
  expect(await advance({ ...ctx, vectors, embeddings: silent(ctx) }, document.id)).toEqual({
    state: "settled",
  });
  const held = vectors.held.size;
  expect(held).toBeGreaterThan(0);
  // Those of the version that stays alone; the failed one is kept to be tried again.
  expect(await state(tenant, document)).toMatchObject({ chunks: 2 * held, indexed: held, job: null });
});
