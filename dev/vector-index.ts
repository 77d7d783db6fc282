import { createHash } from "node:crypto";

/** One statement outside a transaction, as the role that owns the tables: its rows. */
export type RunStatement = (query: string, params?: unknown[]) => Promise<Record<string, unknown>[]>;

/** An embedding model as the Worker's variables name it. */
export type VectorModel = { name: string; dimensions: number };

/** HNSW's limits in pgvector, in dimensions: numbers of four bytes, and of two. */
const MAX_FULL = 2_000;
const MAX_HALF = 4_000;

/**
 * EMBEDDING_MODEL and EMBEDDING_DIMENSIONS of an environment; null when neither is set.
 *
 * @throws Error when one is missing or the dimensions are no number
 */
export function readVectorModel(environment: Record<string, string | undefined>): VectorModel | null {
  const { EMBEDDING_MODEL: name, EMBEDDING_DIMENSIONS: dimensions } = environment;
  if (!name && !dimensions) return null;
  if (!name || !Number.isInteger(Number(dimensions)) || Number(dimensions) < 1) {
    throw new Error("EMBEDDING_MODEL and EMBEDDING_DIMENSIONS name a model together, as the Worker's do.");
  }
  return { name, dimensions: Number(dimensions) };
}

/**
 * Creates the HNSW index of one embedding model, once. Which models there are is configuration, so no migration can
 * know. `nearest_chunks` finds it by its name and compares all of a tenant's vectors where there is none. Writes go on
 * meanwhile; one that an earlier run left unfinished is replaced, and so is one from before versions were kept, which
 * holds what isn't searchable too: until its successor is whole it goes on being asked.
 *
 * @returns "unsupported" above 4,000 dimensions, which HNSW doesn't take, and where pgvector is older than 0.8, which
 *   can't go on with a scan whose results were filtered out
 * @throws the database's error
 */
export async function createVectorIndex(
  run: RunStatement,
  { name, dimensions }: VectorModel,
): Promise<"created" | "there" | "unsupported"> {
  const [known] = await run(
    "select string_to_array(extversion, '.')::int[] >= '{0,8}' as iterates from pg_extension where extname = 'vector'",
  );
  if (dimensions > MAX_HALF || !known?.iterates) return "unsupported";
  const label = `${name}@${dimensions}`;
  // As nearest_chunks spells it (migration 0007).
  const index = `chunk_embeddings_hnsw_${createHash("md5").update(label).digest("hex").slice(0, 16)}`;
  const [found] = await run(
    `select indisvalid, pg_get_expr(indpred, indrelid) like '%searchable%' as current
     from pg_index where indexrelid = to_regclass($1)`,
    [index],
  );
  if (found?.indisvalid && found.current) return "there";
  const type = dimensions <= MAX_FULL ? "vector" : "halfvec";
  await run(`drop index concurrently if exists ${index}_next`);
  await run(`
    create index concurrently ${index}_next on chunk_embeddings
    using hnsw ((embedding::${type}(${dimensions})) ${type}_cosine_ops)
    where model = '${label.replaceAll("'", "''")}' and searchable`);
  if (found) await run(`drop index concurrently ${index}`);
  await run(`alter index ${index}_next rename to ${index}`);
  return "created";
}
