import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { btree_gin } from "@electric-sql/pglite/contrib/btree_gin";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { vector } from "@electric-sql/pglite-pgvector";

/** Where the image of a freshly initialised cluster is kept between runs; safe to delete. */
const CACHE = join(import.meta.dirname, "../../node_modules/.cache/ancre");

// A single-user backend never checkpoints by itself, hence `checkpoint` in ./endpoint.ts; these keep the
// write-ahead log small and the plans the same as on a small Neon compute.
const SETTINGS = ["max_wal_size=64MB", "min_wal_size=32MB", "jit=off", "timezone=UTC", "shared_buffers=32MB"];

/**
 * Opens PGlite with pgvector, unaccent and btree_gin available to `create extension`.
 *
 * @param folder where the cluster lives; null keeps it in memory. A folder that a crash left behind is
 *   recovered from its write-ahead log.
 */
export async function openDatabase(folder: string | null): Promise<PGlite> {
  const image = await clusterImage();
  if (folder === null) return open({ loadDataDir: image });

  const data = join(folder, "pgdata");
  if (!existsSync(data)) {
    // Made aside and renamed, so that a kill half-way never leaves a half-made cluster in place.
    const draft = join(folder, "pgdata.draft");
    rmSync(draft, { recursive: true, force: true });
    await (await open({ dataDir: draft, loadDataDir: image })).close();
    renameSync(draft, data);
  }
  try {
    return await open({ dataDir: data });
  } catch (error) {
    throw new Error(
      `Postgres can't open ${data}. \`npm run dev -- --fresh\` starts over with an empty one.`,
      {
        cause: error,
      },
    );
  }
}

async function open(options: PGliteOptions): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ["-c", setting])];
  return PGlite.create({ ...options, startParams, extensions: { vector, unaccent, btree_gin } });
}

/** The data folder of a cluster just after initdb, as a tar: loading it takes 0.6 s, initdb about 4 s. */
async function clusterImage(): Promise<Blob> {
  const path = join(CACHE, `postgres-${pgliteVersion()}.tar`);
  if (existsSync(path)) return new Blob([readFileSync(path)]);

  const fresh = await PGlite.create();
  const image = await fresh.dumpDataDir("none");
  await fresh.close();
  const draft = `${path}.${process.pid}`;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(draft, new Uint8Array(await image.arrayBuffer()));
  renameSync(draft, path);
  return image;
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  const manifest = JSON.parse(readFileSync(join(entry, "../../package.json"), "utf8")) as { version: string };
  return manifest.version;
}
