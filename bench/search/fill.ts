import type { LocalPostgres } from "../../dev/postgres/start.ts";
import { createVectorIndex } from "../../dev/vector-index.ts";
import { asOwner, transactAsOwner } from "../database/owner.ts";
import { createMixture } from "../vectors/synthetic.ts";
import type { Plan } from "./plan.ts";
import { createWords } from "./words.ts";

/** Sentences and noise that chunks are put together from inside the database, so that a million take minutes. */
const POOL = { sentences: 20_000, noises: 4_000, centres: 100 };
const WORDS_PER_SENTENCE = 12;
const SENTENCES_PER_CHUNK = 8;
/** As `npm run bench:vectors` has it: noise in every dimension beside centres of standard deviation 1. */
const SPREAD = 0.8;
const ROWS_PER_INSERT = 500;
/** Documents written by one statement. */
const DOCUMENTS_PER_WRITE = 200;

export const MODEL_NAME = "bench";

/**
 * Fills an empty, migrated database with the planned chunks and their vectors as ingestion would have written them, and
 * creates the model's index. Chunks are sentences of a pool, vectors a centre plus two noises of a pool.
 */
export async function fill(postgres: LocalPostgres, plan: Plan, dimensions: number): Promise<void> {
  const run = asOwner(postgres);
  await fillPools(postgres, dimensions);
  await fillDocuments(postgres, plan);
  // Built once at the end: a million rows would be sorted into them one by one.
  const indexes = await run(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid in ('chunks'::regclass, 'chunk_embeddings'::regclass) and not indisprimary and not indisunique`,
  );
  for (const { name } of indexes) await run(`drop index ${name}`);
  for (let first = 0; first < plan.documents.length; first += DOCUMENTS_PER_WRITE) {
    await transactAsOwner(postgres, [
      // Rows of tenants that aren't there; nothing here looks at them.
      "set local session_replication_role = replica",
      ...writeChunks(first, first + DOCUMENTS_PER_WRITE - 1, `${MODEL_NAME}@${dimensions}`),
    ]);
  }
  for (const { definition } of indexes) await run(String(definition));
  await createVectorIndex(run, { name: MODEL_NAME, dimensions });
  for (const table of ["documents", "document_versions", "chunks", "chunk_embeddings"]) {
    await run(`vacuum analyze ${table}`);
  }
}

async function fillPools(postgres: LocalPostgres, dimensions: number): Promise<void> {
  const words = createWords(1);
  const sentences = Array.from({ length: POOL.sentences }, (_, n) => {
    const sentence = Array.from({ length: WORDS_PER_SENTENCE }, words.draw).join(" ");
    return `(${n}, '${sentence}.', to_tsvector('ancre_english', '${sentence}.'))`;
  });
  // Two noises of a chunk add up to the spread.
  const noise = createMixture({ dimensions, centres: 1, spread: 1, seed: 3 });
  const scale = SPREAD / Math.SQRT2;
  const [origin = []] = [noise.centres[0]];
  const noises = Array.from({ length: POOL.noises }, (_, n) => {
    const values = noise.draw().map((value, at) => ((value - (origin[at] ?? 0)) * scale).toFixed(4));
    return `(${n}, '[${values.join(",")}]')`;
  });
  const centres = createMixture({ dimensions, centres: POOL.centres, spread: 0, seed: 42 }).centres.map(
    (centre, n) => `(${n}, '[${centre.map((value) => value.toFixed(4)).join(",")}]')`,
  );
  await transactAsOwner(postgres, [
    "create table bench_sentences (n int primary key, text text not null, lexemes tsvector not null)",
    "create table bench_noises (n int primary key, noise vector not null)",
    "create table bench_centres (n int primary key, centre vector not null)",
    ...inserts("bench_sentences", sentences),
    ...inserts("bench_noises", noises),
    ...inserts("bench_centres", centres),
  ]);
  for (const table of ["bench_sentences", "bench_noises", "bench_centres"]) {
    await asOwner(postgres)(`analyze ${table}`);
  }
}

async function fillDocuments(postgres: LocalPostgres, { documents }: Plan): Promise<void> {
  const rows = documents.map(
    ({ id, tenant, chunks }, n) =>
      `(${n}, '${id}', '${tenant.tenantId}', '${tenant.collectionId}', ${chunks})`,
  );
  const file = "'text/markdown', 1, '', ''";
  await transactAsOwner(postgres, [
    "set local session_replication_role = replica",
    `create table bench_documents
       (n int primary key, id uuid not null, tenant_id uuid not null, collection_id uuid not null, chunks int not null)`,
    ...inserts("bench_documents", rows),
    `insert into documents (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key, status,
       version, published_version)
     select id, tenant_id, collection_id, 'document ' || n || '.md', ${file}, 'ready', 1, 1 from bench_documents`,
    `insert into document_versions (document_id, tenant_id, version, origin, state, filename, media_type, size_bytes,
       sha256, storage_key, chunks_total)
     select id, tenant_id, 1, 'upload', 'complete', 'document ' || n || '.md', ${file}, chunks from bench_documents`,
  ]);
}

/** The chunks and vectors of the documents of some numbers. */
function writeChunks(first: number, last: number, model: string): string[] {
  const rows = `(
    select d.*, ordinal, d.n::bigint * 1000 + ordinal as key, md5('chunk ' || d.n || ' ' || ordinal)::uuid as chunk_id
    from bench_documents d cross join lateral generate_series(0, d.chunks - 1) as ordinal
    where d.n between ${first} and ${last}
  ) as r`;
  // A pool's entry that a chunk's number chooses, another one for each `salt`.
  const pick = (salt: number, of: number) => `((hashint8extended(r.key, ${salt}) & 2147483647) % ${of})::int`;
  const parts = Array.from({ length: SENTENCES_PER_CHUNK }, (_, at) => `s${at}`);
  const joins = parts.map(
    (part, at) => `join bench_sentences ${part} on ${part}.n = ${pick(at, POOL.sentences)}`,
  );
  return [
    "set local join_collapse_limit = 1",
    `insert into chunks (id, tenant_id, collection_id, document_id, version, ordinal, segments, heading_path, language,
       text, lexemes, indexed)
     select chunk_id, tenant_id, collection_id, id, 1, ordinal,
       jsonb_build_array(jsonb_build_object('page', 1, 'kind', 'page', 'label', null, 'start', ordinal * 900, 'end', ordinal * 900 + 900)),
       '{}', 'en', concat_ws(' ', ${parts.map((part) => `${part}.text`).join(", ")}),
       ${parts.map((part) => `${part}.lexemes`).join(" || ")}, true
     from ${rows} ${joins.join(" ")}`,
    `insert into chunk_embeddings (chunk_id, tenant_id, collection_id, model, embedding)
     select chunk_id, tenant_id, collection_id, '${model}', c.centre + a.noise + b.noise
     from ${rows}
       join bench_centres c on c.n = ${pick(20, POOL.centres)}
       join bench_noises a on a.n = ${pick(21, POOL.noises)}
       join bench_noises b on b.n = ${pick(22, POOL.noises)}`,
  ];
}

function inserts(table: string, rows: string[]): string[] {
  const statements: string[] = [];
  for (let first = 0; first < rows.length; first += ROWS_PER_INSERT) {
    statements.push(`insert into ${table} values ${rows.slice(first, first + ROWS_PER_INSERT).join(",")}`);
  }
  return statements;
}
