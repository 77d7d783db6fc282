import { NeonDbError, neon, neonConfig } from "@neondatabase/serverless";
import { sql as raw } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import { integer, jsonb, pgTable, text, vector } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type LocalPostgres, startPostgres } from "./start.ts";

const TENANT_A = "00000000-0000-4000-8000-00000000000a";
const TENANT_B = "00000000-0000-4000-8000-00000000000b";

let postgres: LocalPostgres;
let owner: ReturnType<typeof neon<false, true>>;
let app: ReturnType<typeof neon<false, true>>;

beforeAll(async () => {
  postgres = await startPostgres({ dataDir: null, port: 0 });
  neonConfig.fetchEndpoint = postgres.fetchEndpoint;
  owner = neon(postgres.url("postgres"), { fullResults: true });
  app = neon(postgres.url("app"), { fullResults: true });
  const setUp = [
    "create extension vector",
    "create extension unaccent",
    "create role app login nosuperuser nobypassrls",
    "create table notes (id int primary key, tenant_id uuid not null, body text)",
    "alter table notes enable row level security",
    "alter table notes force row level security",
    "create policy tenant on notes using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)",
    "grant all on notes to app",
  ];
  await owner.transaction(setUp.map((statement) => owner.query(statement)));
}, 120_000);

beforeEach(async () => {
  await owner.query("delete from notes");
  await owner.query("insert into notes values (1, $1, 'a'), (2, $2, 'b')", [TENANT_A, TENANT_B]);
});

afterAll(() => postgres.close());

function asTenant(tenant: string) {
  return app.query("select set_config('app.tenant_id', $1, true)", [tenant]);
}

async function failure(promise: Promise<unknown>): Promise<NeonDbError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NeonDbError)) throw new Error(`expected a NeonDbError, got ${error}`);
  return error;
}

test("the user of the connection string is the role, and row-level security holds for it", async () => {
  const [, who, rows] = await app.transaction([
    asTenant(TENANT_A),
    app.query("select current_user, session_user"),
    app.query("select id from notes"),
  ]);
  expect(who?.rows).toEqual([{ current_user: "app", session_user: "app" }]);
  expect(rows?.rows).toEqual([{ id: 1 }]);
  expect((await owner.query("select id from notes order by id")).rows).toHaveLength(2);
});

test("a local setting and the role are gone with their transaction", async () => {
  await app.transaction([asTenant(TENANT_A), app.query("select id from notes")]);
  expect((await app.query("select id from notes")).rows).toEqual([]);
  const { rows } = await owner.query(
    "select current_user, session_user, current_setting('app.tenant_id', true) as t",
  );
  expect(rows).toEqual([{ current_user: "postgres", session_user: "postgres", t: "" }]);
});

test("session state does not leak into the next request", async () => {
  await owner.query("select set_config('app.tenant_id', $1, false)", [TENANT_B]);
  await owner.query("create temp table scratch (id int)");
  await owner.query("set search_path to pg_catalog");
  expect((await app.query("select id from notes")).rows).toEqual([]);
  expect((await failure(owner.query("select * from scratch"))).code).toBe("42P01");
});

test("the application role can't become the superuser or end its transaction", async () => {
  expect((await failure(app.query("set role postgres"))).code).toBe("42501");
  for (const exit of [
    "reset session authorization",
    "SET SESSION AUTHORIZATION DEFAULT",
    "commit",
    "begin",
  ]) {
    expect((await failure(app.query(exit))).code, exit).toBe("0A000");
  }
  expect((await failure(app.query("insert into notes values (3, $1, 'x')", [TENANT_A]))).code).toBe("42501");
});

test("an unknown role runs nothing", async () => {
  const nobody = neon(postgres.url("nobody"));
  const error = await failure(nobody.query("delete from notes"));
  expect(error.message).toContain('role "nobody" does not exist');
  expect((await owner.query("select id from notes")).rows).toHaveLength(2);
});

test("a batch is all or nothing", async () => {
  const error = await failure(
    owner.transaction([
      owner.query("insert into notes values (3, $1, 'c')", [TENANT_A]),
      owner.query("insert into notes values (1, $1, 'again')", [TENANT_A]),
    ]),
  );
  expect(error).toMatchObject({
    code: "23505",
    severity: "ERROR",
    constraint: "notes_pkey",
    table: "notes",
    schema: "public",
    detail: "Key (id)=(1) already exists.",
  });
  expect((await owner.query("select id from notes where id = 3")).rows).toEqual([]);
});

test("a constraint checked at commit fails the request", async () => {
  await owner.query("create table late (id int unique deferrable initially deferred)");
  const error = await failure(
    owner.transaction([
      owner.query("insert into late values (1)"),
      owner.query("insert into late values (1)"),
    ]),
  );
  expect(error.code).toBe("23505");
  expect((await owner.query("select * from late")).rows).toEqual([]);
});

test("isolation, read only and deferrable reach the transaction", async () => {
  const settings = owner.query(
    "select current_setting('transaction_isolation') i, current_setting('transaction_read_only') r, current_setting('transaction_deferrable') d",
  );
  const [result] = await owner.transaction([settings], {
    isolationLevel: "Serializable",
    readOnly: true,
    deferrable: true,
  });
  expect(result?.rows).toEqual([{ i: "serializable", r: "on", d: "on" }]);
  const write = owner.transaction([owner.query("delete from notes")], { readOnly: true });
  expect((await failure(write)).code).toBe("25006");
});

test("an error says where and why", async () => {
  expect(await failure(owner.query("select missing from notes"))).toMatchObject({
    code: "42703",
    position: "8",
  });
  expect(await failure(owner.query("select 1; select 2"))).toMatchObject({ code: "42601" });
  expect(await failure(owner.query("insert into notes (id) values (9)"))).toMatchObject({
    code: "23502",
    column: "tenant_id",
  });
  expect((await owner.query("select 1 as still_alive")).rows).toEqual([{ still_alive: 1 }]);
});

test("types go through as Postgres text", async () => {
  const { rows, fields } = await owner.query(
    `select 42 i, 9007199254740993 b, true t, null n, '{"a":[1]}'::jsonb j, array['x','y,z']::text[] a,
            '\\x00ff'::bytea y, 1.50::numeric m, '[1,2.5]'::vector v, timestamptz '2026-01-02 03:04:05+00' ts`,
  );
  expect(rows[0]).toMatchObject({
    i: 42,
    b: "9007199254740993",
    t: true,
    n: null,
    j: { a: [1] },
    a: ["x", "y,z"],
    m: "1.50",
    v: "[1,2.5]",
    ts: new Date("2026-01-02T03:04:05Z"),
  });
  expect([...(rows[0]?.y ?? [])]).toEqual([0, 255]);
  expect(fields.slice(0, 3).map((field) => field.dataTypeID)).toEqual([23, 20, 16]);
});

test("parameters of every type come back as they went", async () => {
  const { rows } = await owner.query(
    "select $1::int i, $2::bool t, $3::jsonb j, $4::text[] a, $5::bytea y, $6::vector v, $7::text n, $8::text s, $9::bigint[] l",
    [
      7,
      false,
      { k: "é" },
      ["a", 'q"uo\\te', null],
      Buffer.from([1, 2]),
      "[0.25,-1]",
      null,
      "l'été 🌍",
      ["1", "2"],
    ],
  );
  expect(rows[0]).toMatchObject({
    i: 7,
    t: false,
    j: { k: "é" },
    a: ["a", 'q"uo\\te', null],
    v: "[0.25,-1]",
    n: null,
    s: "l'été 🌍",
    l: ["1", "2"],
  });
});

test("a result tells its command and count", async () => {
  expect(await owner.query("update notes set body = 'x'")).toMatchObject({ command: "UPDATE", rowCount: 2 });
  expect(await owner.query("insert into notes values (5, $1) returning id", [TENANT_A])).toMatchObject({
    command: "INSERT",
    rowCount: 1,
    rows: [{ id: 5 }],
  });
});

test("drizzle batches, rolls back and orders by vector distance", async () => {
  const items = pgTable("items", {
    id: integer().primaryKey(),
    body: text(),
    meta: jsonb(),
    embedding: vector({ dimensions: 2 }),
  });
  await owner.query("create table items (id int primary key, body text, meta jsonb, embedding vector(2))");
  const db = drizzle(neon(postgres.url("postgres")));
  await db.batch([
    db.insert(items).values({ id: 1, body: "far", meta: { n: 1 }, embedding: [0, 1] }),
    db.insert(items).values({ id: 2, body: "near", meta: null, embedding: [1, 0] }),
  ]);
  const nearest = await db.select().from(items).orderBy(raw`embedding <=> '[1,0.1]'::vector`);
  expect(nearest).toEqual([
    { id: 2, body: "near", meta: null, embedding: [1, 0] },
    { id: 1, body: "far", meta: { n: 1 }, embedding: [0, 1] },
  ]);
  await expect(
    db.batch([db.delete(items), db.insert(items).values({ id: 3, embedding: [1, 2, 3] })]),
  ).rejects.toThrow();
  expect(await db.select({ id: items.id }).from(items)).toHaveLength(2);
});

test("requests sent at once are served one after the other", async () => {
  await owner.query("create table counter (n int)");
  await owner.query("insert into counter values (0)");
  await Promise.all(Array.from({ length: 40 }, () => owner.query("update counter set n = n + 1")));
  expect((await owner.query("select n from counter")).rows).toEqual([{ n: 40 }]);
});

test("a request from elsewhere than the driver is told what is wrong", async () => {
  const headers = { "neon-connection-string": postgres.url("postgres") };
  const post = (body: string, more = {}) =>
    fetch(postgres.fetchEndpoint, { method: "POST", body, headers: { ...headers, ...more } });
  expect((await post("not json")).status).toBe(400);
  expect((await post('{"query": 1}')).status).toBe(400);
  expect((await post('{"queries": []}')).status).toBe(200);
  expect((await post('{"query":"select 1"}', { "neon-connection-string": "nonsense" })).status).toBe(400);
  const typed = await (await post('{"query":"select 1 a, true b, $1::text[] c", "params":[["x"]]}')).json();
  expect(typed).toMatchObject({ rows: [{ a: 1, b: true, c: "{x}" }], rowAsArray: false });
  const health = await fetch(new URL("/health", postgres.fetchEndpoint));
  expect(health.status).toBe(200);
});

test("a taken port is an error, not a crash", async () => {
  await expect(startPostgres({ dataDir: null, port: postgres.port })).rejects.toThrow("EADDRINUSE");
});
