import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { Client } from "pg";
import { type PostgresCluster, startCluster } from "./postgres-cluster.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations");

const PGVECTOR = /create extension if not exists vector;/i;

/** Columns can be declared; what needs vectors themselves (operators, indexes, dimensions) can't be tested here. */
const STAND_IN = "create domain vector as text;";

export type RealPostgres = {
  /** Connects as the superuser that ran the migrations */
  ownerUrl: string;
  /** Connects as the Worker's role */
  appUrl: string;
  close(): Promise<void>;
};

/**
 * Starts a real PostgreSQL 18 server with `migrations/` applied, for what PGlite can't show: races, locks and
 * deadlocks between many connections. Speaks Postgres' own protocol, not Neon's HTTP. It has no pgvector, so that
 * `vector` is a name for text: the one statement that differs from a real migration.
 */
export async function startRealPostgres(): Promise<RealPostgres> {
  const cluster = await startCluster();
  try {
    await applyMigrations(cluster);
    return { ownerUrl: cluster.url("postgres"), appUrl: cluster.url("ancre_app"), close: cluster.close };
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

async function applyMigrations(cluster: PostgresCluster): Promise<void> {
  const owner = new Client({ connectionString: cluster.url("postgres") });
  await owner.connect();
  try {
    for (const { sql } of readMigrationFiles({ migrationsFolder: MIGRATIONS })) {
      await owner.query("begin");
      for (const statement of sql) await owner.query(statement.replace(PGVECTOR, STAND_IN));
      await owner.query("commit");
    }
    await owner.query(`alter role ancre_app password '${cluster.password}'`);
  } finally {
    await owner.end();
  }
}
