import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { createMixture, bruteForce as nearestOf } from "../../../bench/vectors/synthetic.ts";
import { createVectorIndex } from "../../../dev/vector-index.ts";
import { openDatabase, tenantDatabase } from "../../db/client.ts";
import { asOwner, createTenant } from "../../test/harness.ts";
import { createPgVectorStore } from "./pgvector.ts";

const DIMENSIONS = 16;
const MODEL = { name: "nearest-'test'", dimensions: DIMENSIONS };
const LABEL = `${MODEL.name}@${DIMENSIONS}`;
const QUESTIONS = 25;
const TOP = 10;
/** Below what the larger tenant has, and what its size makes worth asking the index for: √(8 × 400 × 4,800). */
const BOUND = 1_000;
const ALWAYS_INDEX = -1;

type Vectors = Map<string, number[]>;
type Owner = { tenantId: string; collectionId: string; vectors: Vectors };

let large: Owner;
let twin: Owner;
const mixture = createMixture({ dimensions: DIMENSIONS, centres: 25, spread: 0.5, seed: 7 });
const questions = Array.from({ length: QUESTIONS }, () => mixture.draw());

beforeAll(async () => {
  large = await storeVectors(4_200);
  twin = await storeVectors(600);
  expect(await createVectorIndex(asTablesOwner, MODEL)).toBe("created");
  expect(await createVectorIndex(asTablesOwner, MODEL)).toBe("there");
});

test.each([
  ["comparing all", BOUND, "twin", "exact"],
  ["through the index", BOUND, "large", "index"],
  ["through the index, one in ten of its vectors", ALWAYS_INDEX, "twin", "index"],
] as const)("%s finds the true neighbours, of this tenant alone", async (_, exactUpTo, whose, way) => {
  const [owner, other] = whose === "large" ? [large, twin] : [twin, large];
  const store = createPgVectorStore(scoped(owner), owner.tenantId, LABEL, exactUpTo);
  let found = 0;
  for (const question of questions) {
    const hits = await store.query({ vector: question, topK: TOP, collectionIds: both(owner, other) });
    const nearest = bruteForce(owner.vectors, question);
    expect(hits).toHaveLength(TOP);
    expect(hits.every(({ id }) => owner.vectors.has(id))).toBe(true);
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(hits[0]?.score).toBeCloseTo(nearest[0]?.score ?? 0, 4);
    found += nearest.filter(({ id }) => hits.some((hit) => hit.id === id)).length;
  }
  expect(found / (QUESTIONS * TOP)).toBeGreaterThanOrEqual(way === "exact" ? 1 : 0.99);
  expect(await scans(owner, exactUpTo)).toEqual(
    way === "exact" ? { hnsw: 0, btree: 2, exact: true } : { hnsw: 1, btree: 1, exact: false },
  );
});

test("a scan that ends before it found enough is followed by comparing all", async () => {
  const few = await storeVectors(30);
  const store = createPgVectorStore(scoped(few), few.tenantId, LABEL, ALWAYS_INDEX);
  for (const question of questions.slice(0, 5)) {
    const hits = await store.query({ vector: question, topK: TOP, collectionIds: [few.collectionId] });
    expect(hits.map(({ id }) => id)).toEqual(bruteForce(few.vectors, question).map(({ id }) => id));
  }
  expect(await scans(few, ALWAYS_INDEX)).toMatchObject({ hnsw: 1, exact: true });
});

test("a question equally far from everything is followed by comparing all", async () => {
  const cluster = createMixture({ dimensions: DIMENSIONS, centres: 1, spread: 0.02, seed: 9 });
  const narrow = await storeVectors(600, cluster);
  // At a right angle to the cluster's middle, or nearly.
  const across = cluster.draw().map((_, i, middle) => (i % 2 === 0 ? -1 : 1) * (middle[i ^ 1] ?? 0));
  const store = createPgVectorStore(scoped(narrow), narrow.tenantId, LABEL, ALWAYS_INDEX);
  const hits = await store.query({ vector: across, topK: TOP, collectionIds: [narrow.collectionId] });
  expect(hits.map(({ id }) => id)).toEqual(bruteForce(narrow.vectors, across).map(({ id }) => id));
  expect(await scans(narrow, ALWAYS_INDEX, LABEL, across)).toMatchObject({ hnsw: 1, exact: true });
});

test("a model without an index is always compared in full, and another model's vectors are not there", async () => {
  const store = createPgVectorStore(scoped(large), large.tenantId, "other@16", ALWAYS_INDEX);
  const [id = ""] = large.vectors.keys();
  const query = { vector: questions[0] ?? [], topK: TOP, collectionIds: [large.collectionId] };
  expect(await store.query(query)).toEqual([]);
  await store.upsert([{ id, collectionId: large.collectionId, vector: questions[0] ?? [] }]);
  expect(await store.query(query)).toEqual([{ id, score: expect.closeTo(1, 5) }]);
});

test("above 2,000 dimensions the index holds halves, above 4,000 there is none", async () => {
  const wide = { name: "wide", dimensions: 2_048 };
  const label = `${wide.name}@${wide.dimensions}`;
  const owner = await storeVectors(0);
  const vectors: Vectors = new Map();
  const wideMixture = createMixture({ dimensions: wide.dimensions, centres: 1, spread: 1, seed: 8 });
  for (const id of await storeChunks(owner, 40)) vectors.set(id, wideMixture.draw());
  const store = createPgVectorStore(scoped(owner), owner.tenantId, label, ALWAYS_INDEX);
  await store.upsert([...vectors].map(([id, vector]) => ({ id, vector, collectionId: owner.collectionId })));
  expect(await createVectorIndex(asTablesOwner, wide)).toBe("created");
  const question = wideMixture.draw();
  const hits = await store.query({ vector: question, topK: TOP, collectionIds: [owner.collectionId] });
  expect(hits.map(({ id }) => id)).toEqual(bruteForce(vectors, question).map(({ id }) => id));
  expect(await scans(owner, ALWAYS_INDEX, label, question)).toMatchObject({ hnsw: 1, exact: true });
  expect(await createVectorIndex(asTablesOwner, { name: "wider", dimensions: 4_096 })).toBe("unsupported");
});

test.each([
  ["comparing all", BOUND],
  ["through the index", ALWAYS_INDEX],
])("%s, vectors that aren't searchable take nobody's place", async (_, exactUpTo) => {
  const owner = await storeVectors(600);
  const store = createPgVectorStore(scoped(owner), owner.tenantId, LABEL, exactUpTo);
  const [question = []] = questions;
  const hidden = nearestOf(owner.vectors, question, 100).map(({ id }) => id);
  await asOwner()`update chunk_embeddings set searchable = false where chunk_id = any(${hidden})`;
  for (const id of hidden) owner.vectors.delete(id);
  const hits = await store.query({ vector: question, topK: TOP, collectionIds: [owner.collectionId] });
  expect(hits.map(({ id }) => id)).toEqual(bruteForce(owner.vectors, question).map(({ id }) => id));
  expect(await scans(owner, exactUpTo)).toMatchObject(
    exactUpTo === BOUND ? { hnsw: 0, exact: true } : { hnsw: 1, exact: false },
  );
});

test("an index that holds what isn't searchable too is replaced", async () => {
  const model = { name: "of-before", dimensions: DIMENSIONS };
  const label = `${model.name}@${DIMENSIONS}`;
  const owner = await storeVectors(40, mixture, label);
  const [{ name } = {}] = await asOwner()`
    select 'chunk_embeddings_hnsw_' || left(md5(${label}), 16) as name`;
  await asTablesOwner(`create index ${name} on chunk_embeddings
    using hnsw ((embedding::vector(${DIMENSIONS})) vector_cosine_ops) where model = '${label}'`);
  expect(await createVectorIndex(asTablesOwner, model)).toBe("created");
  expect(await createVectorIndex(asTablesOwner, model)).toBe("there");
  const indexes = await asOwner()`select indexname from pg_indexes where indexname like ${`${name}%`}`;
  expect(indexes).toEqual([{ indexname: name }]);
  expect(await scans(owner, ALWAYS_INDEX, label)).toMatchObject({ hnsw: 1 });
});

function asTablesOwner(query: string, params?: unknown[]) {
  return asOwner().query(query, params);
}

function scoped({ tenantId }: Owner) {
  return tenantDatabase(openDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT), tenantId);
}

/** Both tenants' collections: naming another's must not show it. */
function both(...owners: Owner[]): string[] {
  return owners.map(({ collectionId }) => collectionId);
}

/** How often one question went through which index, as the Worker's role under its policies. */
async function scans(owner: Owner, exactUpTo: number, label = LABEL, question = questions[0] ?? []) {
  const sql = openDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT).$client;
  // Counts of transactions before may not have been reported yet.
  const counts = () => sql`select
    pg_stat_get_xact_numscans(('chunk_embeddings_hnsw_' || left(md5(${label}), 16))::regclass)::int as hnsw,
    pg_stat_get_xact_numscans('chunk_embeddings_collection'::regclass)::int as btree`;
  const [, before, hits, after] = await sql.transaction([
    sql`select set_config('app.tenant_id', ${owner.tenantId}, true)`,
    counts(),
    sql`select exact from nearest_chunks(${label}, ${`{${owner.collectionId}}`}::uuid[],
      ${`[${question.join(",")}]`}::vector, ${TOP}::int, ${exactUpTo}::int)`,
    counts(),
  ]);
  return {
    hnsw: Number(after?.[0]?.hnsw) - Number(before?.[0]?.hnsw),
    btree: Number(after?.[0]?.btree) - Number(before?.[0]?.btree),
    exact: hits?.[0]?.exact,
  };
}

async function storeVectors(count: number, source = mixture, label = LABEL): Promise<Owner> {
  const tenant = await createTenant();
  const { id: collectionId } = await tenant.json<{ id: string }>("POST", "/collections", { name: "Vectors" });
  const owner: Owner = { tenantId: tenant.id, collectionId, vectors: new Map() };
  for (const id of await storeChunks(owner, count)) owner.vectors.set(id, source.draw());
  const store = createPgVectorStore(scoped(owner), tenant.id, label);
  const entries = [...owner.vectors].map(([id, vector]) => ({ id, vector, collectionId }));
  for (let i = 0; i < entries.length; i += 1_000) await store.upsert(entries.slice(i, i + 1_000));
  return owner;
}

/** Chunks without anything in them, for vectors to belong to. */
async function storeChunks({ tenantId, collectionId }: Owner, count: number): Promise<string[]> {
  const sql = asOwner();
  const documentId = crypto.randomUUID();
  await sql`insert into documents
    (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key, status)
    values (${documentId}, ${tenantId}, ${collectionId}, 'x', 'x', 1, 'x', 'x', 'failed')`;
  const rows = await sql`insert into chunks
    (id, tenant_id, collection_id, document_id, version, ordinal, segments, heading_path, language, text, lexemes)
    select gen_random_uuid(), ${tenantId}, ${collectionId}, ${documentId}, 1, n, '[]', '{}', 'en', '', ''
    from generate_series(1, ${count}::int) as n returning id`;
  return rows.map(({ id }) => String(id));
}

function bruteForce(vectors: Vectors, question: number[]) {
  return nearestOf(vectors, question, TOP);
}
