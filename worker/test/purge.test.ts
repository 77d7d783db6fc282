import { expect, test, vi } from "vitest";
import { createQdrantStores } from "../adapters/vector/qdrant.ts";
import type { TenantContext } from "../context.ts";
import { advance } from "../ingest/pipeline.ts";
import { readWork } from "../ingest/stages/load.ts";
import { purgeDocument } from "../ingest/stages/purge.ts";
import { DIMENSIONS, deploy } from "./hand-turned.ts";
import { asOwner, type DeletionJson } from "./harness.ts";
import { qdrantStandIn } from "./qdrant-stand-in.ts";
import { VectorizeStandIn } from "./vectorize-stand-in.ts";

const HOUR_MS = 3_600_000;
const NOTE = Array.from(
  { length: 12 },
  (_, i) => `## Part ${i}\n\n${`Subject ${i} is told of at length, twice over and then again. `.repeat(14)}`,
).join("\n\n");

type Deployment = Awaited<ReturnType<typeof deploy>>;

const { url, apiKey } = qdrantStandIn();

const gone = (expected: number) => ({ expected, purged: expected, remaining: 0 });

async function deleteDocument(here: Deployment, id: string): Promise<DeletionJson> {
  return here.json<DeletionJson>("DELETE", `/documents/${id}`);
}

function receiptOf(here: Deployment, { id }: Pick<DeletionJson, "id">): Promise<DeletionJson> {
  return here.json<DeletionJson>("GET", `/deletions/${id}`);
}

async function storedChunks(id: string): Promise<string[]> {
  const rows = await asOwner()`select id from chunks where document_id = ${id} order by ordinal`;
  return rows.map((row) => String(row.id));
}

/** Turns the queue though what it does fails or waits, which is logged. */
async function turnQuietly(here: Deployment): Promise<void> {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  await here.turn();
  log.mockRestore();
}

test.each(["pgvector", "qdrant", "vectorize"])(
  "%s: a receipt tells what was there and that nothing is",
  async (name) => {
    const index = new VectorizeStandIn(DIMENSIONS);
    const here = await deploy({
      VECTOR_STORE: name,
      VECTORS: index,
      QDRANT_URL: url,
      QDRANT_API_KEY: apiKey,
    });
    const [id, other] = [await here.upload(NOTE), await here.upload("# Other\n\nStays where it is.")];
    await here.finish();
    const [document] = await asOwner()`select pages_total from documents where id = ${id}`;
    const [chunks, others] = [await storedChunks(id), await storedChunks(other)];
    const pages = Number(document?.pages_total);
    expect(chunks.length).toBeGreaterThan(5);
    const asked = await here.request("DELETE", `/documents/${id}`);
    expect(asked.status).toBe(202);
    const receipt = (await asked.json()) as DeletionJson;
    expect(receipt).toMatchObject({ subject: "document", subject_id: id, parent_id: null, state: "purging" });
    expect(receipt).toMatchObject({ figures: null, completed_at: null });
    expect(asked.headers.get("Location")).toBe(`/api/v1/deletions/${receipt.id}`);
    expect((await here.request("DELETE", `/documents/${id}`)).status).toBe(404);
    // A store that shows the deletion late keeps the receipt open, however often it is looked at.
    if (name === "vectorize") {
      index.delayMs = HOUR_MS;
      await turnQuietly(here);
      expect(await receiptOf(here, receipt)).toMatchObject({
        state: "purging",
        figures: {
          vectors: { expected: chunks.length, purged: 0, remaining: chunks.length },
          objects: gone(1),
          rows: { remaining: 1, by_table: { documents: { remaining: 1 }, chunks: gone(chunks.length) } },
        },
      });
      index.catchUp();
      index.delayMs = 0;
    }
    await here.finish();
    const done = await receiptOf(here, receipt);
    const tables = {
      documents: gone(1),
      document_versions: gone(1),
      document_pages: gone(pages),
      chunks: gone(chunks.length),
      chunk_embeddings: gone(chunks.length),
      messages: gone(0),
      import_entries: gone(0),
    };
    expect(done).toEqual({
      ...receipt,
      state: "complete",
      completed_at: expect.any(String),
      figures: {
        vectors: gone(chunks.length),
        objects: gone(1),
        rows: { ...gone(2 + pages + 2 * chunks.length), by_table: tables },
      },
    });
    const { vectors } = here.context();
    expect(await vectors.present(chunks)).toEqual([]);
    expect((await vectors.present(others)).toSorted()).toEqual(others.toSorted());
  },
);

/** A context whose outside fails at one call: before it does anything, or after it did, its answer lost. */
function breaking(ctx: TenantContext, at: { call: number; after: boolean }) {
  let calls = 0;
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(inner, name) {
        const method = Reflect.get(inner, name);
        if (typeof method !== "function") return method;
        return (...args: unknown[]) => {
          const mine = calls++ === at.call;
          if (mine && !at.after) return Promise.reject(new Error("cut off"));
          const answer = method.apply(inner, args);
          return mine ? Promise.resolve(answer).then(() => Promise.reject(new Error("cut off"))) : answer;
        };
      },
    });
  const { files, vectors, db, ingestQueue } = ctx;
  const broken = {
    ...ctx,
    files: wrap(files),
    vectors: wrap(vectors),
    db: wrap(db),
    ingestQueue: wrap(ingestQueue),
  };
  return { ctx: broken, reached: () => calls > at.call };
}

test("cut off after any of its calls, before or after its effect, the purge ends with the same figures", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const assistant = await here.json<{ id: string }>("POST", "/assistants", {
    name: "Reader",
    collection_ids: [here.collectionId],
  });
  const figures = new Set<string>();
  let points = 0;
  for (let call = 0, reached = true; reached; call++) {
    for (const after of [false, true]) {
      const id = await here.upload(
        `# Cellar\n\nCopy ${call} ${after}. The cellar is kept at twelve degrees.`,
      );
      await here.finish();
      await here.json("POST", `/chat/${assistant.id}`, { message: "How many degrees has the cellar?" });
      const receipt = await deleteDocument(here, id);
      here.queue.length = 0;
      const cut = breaking(here.context(), { call, after });
      await advance(cut.ctx, id).catch(() => {});
      reached = cut.reached();
      points++;
      await asOwner()`update ingest_jobs set claimed_until = null where document_id = ${id}`;
      await advance(here.context(), id);
      const done = await receiptOf(here, receipt);
      expect({ call, after, state: done.state }).toEqual({ call, after, state: "complete" });
      figures.add(JSON.stringify(done.figures));
      expect(await here.kept()).toEqual([]);
      expect(index.size).toBe(0);
    }
  }
  expect(points).toBeGreaterThan(30);
  expect([...figures]).toHaveLength(1);
  expect(JSON.parse([...figures][0] ?? "")).toMatchObject({
    vectors: gone(1),
    rows: { by_table: { messages: gone(1) } },
  });
  const used = await asOwner()`select metric, used from usage_counters
    where tenant_id = ${here.tenantId} and period = 'total' and metric in ('documents', 'storage_bytes')`;
  expect(used.map((row) => Number(row.used))).toEqual([0, 0]);
}, 400_000);

test("a vector that arrives after the removal is found, counted and removed before the receipt is complete", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const id = await here.upload(NOTE);
  await here.finish();
  const [late = "", ...others] = await storedChunks(id);
  const sql = asOwner();
  // As if a consumer had sent its vector and were waiting for the answer when the deletion came.
  await sql.transaction([
    sql`update chunks set indexed = false where id = ${late}`,
    sql`delete from chunk_embeddings where chunk_id = ${late}`,
    sql`insert into ingest_jobs (document_id, tenant_id, version, kind, claimed_until, due_at)
        values (${id}, ${here.tenantId}, 1, 'index', now() + interval '1 minute', now() + interval '1 minute')`,
  ]);
  const ctx = here.context();
  await index.deleteByIds([`${here.tenantId}${late}`.replaceAll("-", "")]);
  const vector = new Array<number>(DIMENSIONS).fill(1);
  const receipt = await deleteDocument(here, id);
  await turnQuietly(here);
  expect(await receiptOf(here, receipt)).toMatchObject({
    state: "purging",
    figures: { vectors: gone(others.length), rows: { remaining: 1 } },
  });
  // Postgres refuses one that comes only now; what had passed it already reaches the store.
  const entry = { id: late, collectionId: here.collectionId, vector };
  await expect(ctx.vectors.upsert([entry])).rejects.toThrow();
  const arrived = {
    id: `${here.tenantId}${late}`.replaceAll("-", ""),
    namespace: here.tenantId,
    values: vector,
  };
  await index.upsert([arrived]);
  await turnQuietly(here);
  expect(await receiptOf(here, receipt)).toMatchObject({
    state: "purging",
    figures: { vectors: gone(others.length + 1) },
  });
  await sql`update deletion_receipts set writes_until = now() where id = ${receipt.id}`;
  await here.finish();
  expect(await receiptOf(here, receipt)).toMatchObject({
    state: "complete",
    figures: { vectors: gone(others.length + 1) },
  });
  expect(index.size).toBe(0);
});

test("a vector that shows again is counted once", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const id = await here.upload("# One\n\nA single passage.");
  await here.finish();
  const [chunk = ""] = await storedChunks(id);
  const receipt = await deleteDocument(here, id);
  await asOwner()`update deletion_receipts set writes_until = now() + interval '1 hour' where id = ${receipt.id}`;
  const again = { id: `${here.tenantId}${chunk}`.replaceAll("-", ""), namespace: here.tenantId };
  for (let round = 0; round < 2; round++) {
    index.delayMs = 0;
    await turnQuietly(here);
    expect(await receiptOf(here, receipt)).toMatchObject({ figures: { vectors: gone(1) } });
    await index.upsert([{ ...again, values: new Array<number>(DIMENSIONS).fill(1) }]);
    index.delayMs = HOUR_MS;
    await turnQuietly(here);
    const shown = { expected: 1, purged: 0, remaining: 1 };
    expect(await receiptOf(here, receipt)).toMatchObject({ figures: { vectors: shown } });
    index.catchUp();
  }
});

test("a consumer that was reading the document in, and messages about it, bring nothing back", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const ctx = here.context();
  const id = await here.upload(NOTE);
  let receipt: DeletionJson | undefined;
  const vectors = {
    ...ctx.vectors,
    async upsert(entries: Parameters<typeof ctx.vectors.upsert>[0]) {
      receipt ??= await deleteDocument(here, id);
      await ctx.vectors.upsert(entries);
    },
  };
  expect(await advance({ ...ctx, vectors }, id)).toEqual({ state: "settled" });
  if (!receipt) throw new Error("nothing was written to the store");
  const message = { v: 1, tenant_id: here.tenantId, document_id: id };
  here.queue.push(message, message);
  await turnQuietly(here);
  await asOwner()`update deletion_receipts set writes_until = now() where id = ${receipt.id}`;
  await here.finish();
  here.queue.push(message);
  await here.finish();
  const done = await receiptOf(here, receipt);
  expect(done).toMatchObject({ state: "complete", figures: { vectors: { remaining: 0 } } });
  expect(done.figures?.rows.by_table.chunks?.purged).toBeGreaterThan(5);
  expect(index.size).toBe(0);
  expect(await here.kept()).toEqual([]);
  expect(await asOwner()`select 1 from documents where id = ${id}`).toEqual([]);
});

test("the waits grow while a store shows what was deleted, and the work is never given up", async () => {
  const index = new VectorizeStandIn(DIMENSIONS);
  const here = await deploy({ VECTOR_STORE: "vectorize", VECTORS: index });
  const id = await here.upload("# Slow\n\nA store that forgets slowly.");
  await here.finish();
  const receipt = await deleteDocument(here, id);
  index.delayMs = HOUR_MS;
  const ctx = here.context();
  const waits: number[] = [];
  const work = await readWork(ctx, id);
  if (!work) throw new Error("no work");
  for (const hours of [0, 1, 12]) {
    await asOwner()`update deletion_receipts set requested_at = now() - make_interval(hours => ${hours}::int)
      where id = ${receipt.id}`;
    const error = await purgeDocument(ctx, work.document).catch((thrown: unknown) => thrown);
    waits.push((error as { retryAfterSeconds: number }).retryAfterSeconds);
  }
  expect(waits[0]).toBeLessThanOrEqual(60);
  expect(waits[1]).toBeGreaterThanOrEqual(1_700);
  expect(waits[2]).toBe(3_600);
  await asOwner()`update ingest_jobs set stuck_since = now() - interval '1 hour', claimed_until = null where document_id = ${id}`;
  index.catchUp();
  index.delayMs = 0;
  await here.finish();
  expect(await receiptOf(here, receipt)).toMatchObject({ state: "complete" });
});

test("vectors of every version are found, whichever model's name is on their collection", async () => {
  const model = `versions-${crypto.randomUUID()}`;
  const here = await deploy({
    VECTOR_STORE: "qdrant",
    QDRANT_URL: url,
    QDRANT_API_KEY: apiKey,
    EMBEDDING_MODEL: model,
  });
  const id = await here.upload("# First\n\nThe first of two versions.");
  await here.finish();
  const [first] = await storedChunks(id);
  const { chunkId } = await import("../ingest/chunking/chunk-id.ts");
  const [second, retired] = [await chunkId(id, 2, 0), await chunkId(id, 3, 1)];
  const sql = asOwner();
  // A second version with its chunk, and a third whose chunks were removed but whose vector came back late.
  await sql.transaction([
    sql`insert into chunks (id, tenant_id, collection_id, document_id, version, ordinal, segments, heading_path, language,
          text, lexemes, indexed)
        select ${second}, tenant_id, collection_id, document_id, 2, 0, segments, heading_path, language, text, lexemes, true
        from chunks where id = ${first}`,
    sql`insert into document_versions (tenant_id, document_id, version, origin, state, filename, media_type, size_bytes,
          sha256, storage_key, chunks_total)
        select tenant_id, document_id, 3, 'reindex', 'retired', filename, media_type, size_bytes, sha256, storage_key, 2
        from document_versions where document_id = ${id}`,
  ]);
  const options = { url, apiKey, model: `${model}@${DIMENSIONS}`, dimensions: DIMENSIONS };
  const store = createQdrantStores(options)(here.tenantId);
  const vector = new Array<number>(DIMENSIONS).fill(1);
  await store.upsert(
    [second, retired].map((chunk) => ({ id: chunk, collectionId: here.collectionId, vector })),
  );
  const receipt = await deleteDocument(here, id);
  await here.finish();
  expect(await receiptOf(here, receipt)).toMatchObject({ state: "complete", figures: { vectors: gone(3) } });
  expect(await store.present([first ?? "", second, retired])).toEqual([]);
});
