import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { openDatabase } from "../db/client.ts";
import { asOwner, createLibrary, createTenant } from "./harness.ts";

const app = () => openDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT).$client;

async function tenantTables(): Promise<string[]> {
  const rows = await asOwner()`
    select table_name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id' order by 1`;
  return [...rows.map((row) => String(row.table_name)), "tenants"];
}

test("every tenant table has row-level security enabled and forced, and a policy on the tenant setting", async () => {
  const sql = asOwner();
  const tables = await tenantTables();
  expect(tables.length).toBeGreaterThan(10);
  for (const table of tables) {
    const [security] = await sql`
      select relrowsecurity, relforcerowsecurity from pg_class where oid = ${`public.${table}`}::regclass`;
    expect({ table, ...security }).toEqual({ table, relrowsecurity: true, relforcerowsecurity: true });
    const policies = await sql`
      select qual, with_check from pg_policies
      where tablename = ${table} and policyname = 'tenant_isolation' and cmd = 'ALL'`;
    expect(policies, table).toHaveLength(1);
    for (const clause of [policies[0]?.qual, policies[0]?.with_check]) {
      expect(clause, table).toMatch(
        /NULLIF\(current_setting\('app.tenant_id'::text, true\), ''::text\)\)?::uuid/,
      );
    }
  }
});

test("no table at all is without row-level security", async () => {
  const open = await asOwner()`
    select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'public' and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`;
  expect(open).toEqual([]);
});

test("only the written exceptions widen what a policy shows; on tenants' rows none of them can write", async () => {
  const others = await asOwner()`
    select tablename, policyname, cmd from pg_policies where policyname <> 'tenant_isolation' order by 1, 2`;
  expect(others).toEqual([
    { tablename: "api_keys", policyname: "presented_key", cmd: "SELECT" },
    // For the role of chunks_holding alone, as a test below says.
    { tablename: "chunks", policyname: "full_text", cmd: "SELECT" },
    { tablename: "deletion_receipts", policyname: "own_erasure", cmd: "SELECT" },
    { tablename: "deletion_receipts", policyname: "sweep", cmd: "SELECT" },
    // Rows that belong to no tenant yet: its clause says `tenant_id IS NULL`.
    { tablename: "idempotency_keys", policyname: "personal", cmd: "ALL" },
    { tablename: "import_jobs", policyname: "sweep", cmd: "SELECT" },
    { tablename: "import_uploads", policyname: "sweep", cmd: "SELECT" },
    { tablename: "ingest_jobs", policyname: "sweep", cmd: "SELECT" },
    { tablename: "memberships", policyname: "own_memberships", cmd: "SELECT" },
    { tablename: "people", policyname: "colleagues", cmd: "SELECT" },
    { tablename: "people", policyname: "webhook", cmd: "ALL" },
    { tablename: "tenants", policyname: "own_tenants", cmd: "SELECT" },
    { tablename: "usage_reservations", policyname: "sweep", cmd: "SELECT" },
    { tablename: "webhook_events", policyname: "webhook", cmd: "ALL" },
  ]);
});

test("what is in the audit log can't be changed or removed by the Worker's role", async () => {
  const tenant = await createTenant();
  const sql = app();
  for (const statement of ["delete from audit_log", "update audit_log set action = 'nothing'"]) {
    const attempt = sql.transaction([
      sql`select set_config('app.tenant_id', ${tenant.id}, true)`,
      sql.query(statement),
    ]);
    await expect(attempt, statement).rejects.toMatchObject({ code: "42501" });
  }
});

test("the Worker's role owns no table, is no superuser and can't bypass row-level security", async () => {
  const sql = asOwner();
  const [role] = await sql`select rolsuper, rolbypassrls from pg_roles where rolname = 'ancre_app'`;
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false });
  expect(await sql`select 1 from pg_tables where tableowner = 'ancre_app'`).toEqual([]);
  const views = await sql`
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('v', 'm') and n.nspname = 'public'
      and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']`;
  expect(views).toEqual([]);
});

test("the role that reads every tenant's words reads nothing else, and is nobody's but one function's", async () => {
  const sql = asOwner();
  const policies = await sql`select roles::text from pg_policies where policyname = 'full_text'`;
  expect(policies).toEqual([{ roles: "{ancre_full_text}" }]);
  const [role] = await sql`
    select rolcanlogin or rolsuper or rolbypassrls as strong, pg_has_role('ancre_app', oid, 'member') as worker
    from pg_roles where rolname = 'ancre_full_text'`;
  expect(role).toEqual({ strong: false, worker: false });
  const readable = await sql`
    select table_name || '.' || column_name as name, privilege_type from information_schema.column_privileges
    where grantee = 'ancre_full_text' order by 1`;
  expect(readable.map(({ name, privilege_type }) => `${privilege_type} ${name}`)).toEqual(
    ["collection_id", "document_id", "id", "lexemes", "tenant_id", "version"].map(
      (name) => `SELECT chunks.${name}`,
    ),
  );
  const owned = await sql`
    select proname from pg_proc where proowner = 'ancre_full_text'::regrole
    union all select relname from pg_class where relowner = 'ancre_full_text'::regrole`;
  expect(owned).toEqual([{ proname: "chunks_holding" }]);
});

test("without a setting nothing can be read or written", async () => {
  const tenant = await createTenant();
  await createLibrary(tenant, { "note.md": "# Note\n\nA sentence that somebody wrote." });
  for (const table of await tenantTables()) {
    const [stored] = await asOwner().query(`select count(*)::int as n from ${table}`);
    const seen = await app().query(`select * from ${table} limit 5`);
    expect(seen, table).toEqual([]);
    if (["collections", "documents", "document_pages", "chunks", "tenants", "audit_log"].includes(table)) {
      expect(stored?.n, table).toBeGreaterThan(0);
    }
    if (!["audit_log", "deletion_receipts"].includes(table)) {
      expect(await app().query(`delete from ${table} returning 1 as gone`), table).toEqual([]);
    }
  }
  const write = app().query(
    "insert into collections (id, tenant_id, name) values (gen_random_uuid(), $1, 'x')",
    [tenant.id],
  );
  await expect(write).rejects.toMatchObject({ code: "42501" });
});

test("a setting shows one tenant's rows alone, and lets none be written for another", async () => {
  const [mine, other] = [await createTenant("Mine"), await createTenant("Other")];
  await Promise.all([mine, other].map((tenant) => tenant.json("POST", "/collections", { name: tenant.id })));
  const sql = app();
  const scoped = (query: string, params: string[] = []) =>
    sql.transaction([sql`select set_config('app.tenant_id', ${mine.id}, true)`, sql.query(query, params)]);
  const [, names] = await scoped("select name from collections");
  expect(names).toEqual([{ name: mine.id }]);
  const [, gone] = await scoped("delete from collections where tenant_id = $1 returning 1", [other.id]);
  expect(gone).toEqual([]);
  const write = scoped("insert into collections (id, tenant_id, name) values (gen_random_uuid(), $1, 'x')", [
    other.id,
  ]);
  await expect(write).rejects.toMatchObject({ code: "42501" });
});

test("a document can't be put into another tenant's collection, though foreign keys ignore policies", async () => {
  const [mine, other] = [await createTenant(), await createTenant()];
  const foreign = await other.json<{ id: string }>("POST", "/collections", { name: "Theirs" });
  const sql = app();
  const write = sql.transaction([
    sql`select set_config('app.tenant_id', ${mine.id}, true)`,
    sql`insert into documents (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key, status)
        values (gen_random_uuid(), ${mine.id}, ${foreign.id}, 'x', 'x', 1, 'x', 'x', 'queued')`,
  ]);
  await expect(write).rejects.toMatchObject({ code: "23503" });
});
