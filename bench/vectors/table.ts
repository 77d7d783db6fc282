import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { PGlite, Transaction } from "@electric-sql/pglite";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { openDatabase } from "../../dev/postgres/database.ts";
import { createVectorIndex } from "../../dev/vector-index.ts";
import { createMixture, type Mixture } from "./synthetic.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations");
const ROWS_PER_INSERT = 200;

/** A tenant of a table: how many vectors it has, near how many of the centres. */
export type TenantPlan = { name: string; rows: number; centres?: number };

export type StoredTenant = TenantPlan & {
  tenantId: string;
  collectionId: string;
  vectors: Map<string, number[]>;
};

export type VectorTable = {
  database: PGlite;
  model: string;
  mixture: Mixture;
  tenants: StoredTenant[];
};

const CENTRES = 100;
const SPREAD = 0.8;

/** A fresh database with the real migrations, the tenants' vectors evenly mixed, and their model's HNSW index. */
export async function buildTable(dimensions: number, plans: TenantPlan[]): Promise<VectorTable> {
  const database = await openDatabase(null);
  for (const { sql } of readMigrationFiles({ migrationsFolder: MIGRATIONS })) {
    for (const statement of sql) await database.exec(statement);
  }
  const mixture = createMixture({ dimensions, centres: CENTRES, spread: SPREAD, seed: 42 });
  const tenants = plans.map((plan) => ({
    ...plan,
    tenantId: randomUUID(),
    collectionId: randomUUID(),
    vectors: new Map<string, number[]>(),
  }));
  const places = tenants.flatMap((tenant) =>
    Array.from({ length: tenant.rows }, (_, k) => ({ tenant, at: (k + 0.5) / tenant.rows })),
  );
  const rows = places
    .sort((a, b) => a.at - b.at)
    .map(({ tenant }) => {
      const [id, vector] = [randomUUID(), mixture.draw(tenant.centres)];
      tenant.vectors.set(id, vector);
      const { tenantId, collectionId } = tenant;
      return `('${id}', '${tenantId}', '${collectionId}', 'bench@${dimensions}', '[${vector.join(",")}]')`;
    });
  // Vectors without chunks.
  await database.exec("set session_replication_role = replica");
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
    await database.exec(
      `insert into chunk_embeddings values ${rows.slice(i, i + ROWS_PER_INSERT).join(",")}`,
    );
  }
  await database.exec("set maintenance_work_mem = '512MB'");
  await createVectorIndex(
    async (query, params) => (await database.query<Record<string, unknown>>(query, params)).rows,
    { name: "bench", dimensions },
  );
  await database.exec("vacuum analyze chunk_embeddings");
  return { database, model: `bench@${dimensions}`, mixture, tenants };
}

/** Runs as the Worker does: its role, one transaction, one tenant. */
export function asTenant<T>(
  { database }: VectorTable,
  { tenantId }: StoredTenant,
  run: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction(async (transaction) => {
    await transaction.exec("set local role ancre_app");
    await transaction.query("select set_config('app.tenant_id', $1, true)", [tenantId]);
    return run(transaction);
  });
}
