import { env } from "cloudflare:workers";
import { parseEnv } from "../../env.ts";
import { asOwner, type Json } from "../harness.ts";

/** Everything stored of a tenant: its rows by table, and the files under its name. */
export type StoredRows = Record<string, Json[]>;

/** Reads, as the owner of the tables, all that there is of a tenant. */
export async function storedRows(tenantId: string): Promise<StoredRows> {
  const sql = asOwner();
  const found = await sql`
    select table_name as name, 'tenant_id' as key from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id'
    union all select 'tenants', 'id' order by 1`;
  const tables = found.map(({ name, key }) => ({ name: String(name), key: String(key) }));
  const rows = await sql.transaction(
    tables.map(({ name, key }) =>
      // When a key was last used is noted in the background.
      sql.query(`select to_jsonb(t) - 'last_used_at' as row from ${name} t where ${key} = $1 order by 1`, [
        tenantId,
      ]),
    ),
  );
  const { objects } = await parseEnv({ ...env }).FILES.list({ prefix: `t/${tenantId}/` });
  return {
    ...Object.fromEntries(tables.map(({ name }, i) => [name, (rows[i] ?? []).map(({ row }) => row as Json)])),
    files: objects.map(({ key, etag, size }) => ({ key, etag, size })),
  };
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Every id that stands anywhere in what is stored. */
export function idsIn(rows: StoredRows): Set<string> {
  const ids = new Set(JSON.stringify(rows).match(UUID));
  ids.delete(NOBODY);
  return ids;
}

/** Waits until nothing of a tenant has work left: nothing is taken in or read, and what was deleted is gone. */
export async function untilIdle(tenantId: string): Promise<void> {
  for (let look = 0; look < 1_000; look++) {
    const [busy] = await asOwner()`select 1 from ingest_jobs where tenant_id = ${tenantId}
      union all select 1 from import_jobs where tenant_id = ${tenantId} limit 1`;
    if (!busy) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`tenant ${tenantId} still has work`);
}
