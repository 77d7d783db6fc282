import { join } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { say, warn } from "./terminal.ts";
import { createVectorIndex, readVectorModel } from "./vector-index.ts";

/** drizzle-kit's output and the policies beside it. */
export const MIGRATIONS = join(import.meta.dirname, "../migrations");

// The schema and table of drizzle-orm's own migrators, so that either can follow the other.
const LEDGER = "drizzle.__drizzle_migrations";

/**
 * Applies what is new in `migrations/`: each file is one transaction together with its row in the ledger.
 * (drizzle-orm's neon-http migrator sends every statement alone, so one that fails leaves half a file.)
 * Run by hand for a real Neon database, with the owner's direct (not pooled) URL:
 *
 *     DATABASE_URL=postgres://owner:…@….neon.tech/ancre node dev/migrate.ts
 *
 * With EMBEDDING_MODEL and EMBEDDING_DIMENSIONS, as the Worker has them, that model's vector index is created too.
 *
 * @param databaseUrl connects as the role that owns the tables, not as the Worker's
 * @param fetchEndpoint the local endpoint; without it the driver finds Neon's from the URL
 * @param folder drizzle-kit's output
 * @returns how many files were applied
 * @throws NeonDbError from the statement that failed; its file is not applied, those before it are
 */
export async function migrate(
  databaseUrl: string,
  fetchEndpoint?: string,
  folder: string = MIGRATIONS,
): Promise<number> {
  // The driver knows one endpoint a process: put back, so that a caller of several is not surprised.
  const previous = neonConfig.fetchEndpoint;
  if (fetchEndpoint) neonConfig.fetchEndpoint = fetchEndpoint;
  try {
    const sql = neon(databaseUrl);
    const [, , rows] = await sql.transaction([
      sql.query("create schema if not exists drizzle"),
      sql.query(
        `create table if not exists ${LEDGER} (id serial primary key, hash text not null, created_at bigint)`,
      ),
      sql.query(`select coalesce(max(created_at), 0) as latest from ${LEDGER}`),
    ]);
    const latest = Number(rows?.[0]?.latest ?? 0);
    const pending = readMigrationFiles({ migrationsFolder: folder }).filter(
      (migration) => migration.folderMillis > latest,
    );
    for (const { sql: statements, hash, folderMillis } of pending) {
      await sql.transaction([
        ...statements.map((statement) => sql.query(statement)),
        sql.query(`insert into ${LEDGER} (hash, created_at) values ($1, $2)`, [hash, folderMillis]),
      ]);
    }
    return pending.length;
  } finally {
    neonConfig.fetchEndpoint = previous;
  }
}

async function main(): Promise<void> {
  const { DATABASE_URL: url, NEON_FETCH_ENDPOINT: fetchEndpoint } = process.env;
  if (!url) throw new Error("Set DATABASE_URL to the connection string of the role that owns the tables.");
  const model = readVectorModel(process.env);
  say(`${await migrate(url, fetchEndpoint)} migration(s) applied.`);
  if (!model) return;
  if (fetchEndpoint) neonConfig.fetchEndpoint = fetchEndpoint;
  const sql = neon(url);
  const outcome = await createVectorIndex((query, params) => sql.query(query, params), model);
  say(`Vector index of ${model.name}: ${outcome}.`);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    warn(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
