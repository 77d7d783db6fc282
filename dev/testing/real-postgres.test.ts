import { randomUUID } from "node:crypto";
import { Client, DatabaseError } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealPostgres, startRealPostgres } from "./real-postgres.ts";

const CALLERS = 50;
const LIMIT = 20;

const reserve = (caller: string) =>
  `select reserve_usage('${caller}', '2026-11', 'questions', 1, '{"free": ${LIMIT}}')`;

let postgres: RealPostgres;
let owner: Client;
let callers: Client[];

beforeAll(async () => {
  postgres = await startRealPostgres();
  owner = await connect(postgres.ownerUrl);
  callers = await Promise.all(Array.from({ length: CALLERS }, () => connect(postgres.appUrl)));
}, 180_000);

afterAll(async () => {
  await Promise.all([owner, ...callers].map((client) => client.end()));
  await postgres.close();
});

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function createTenant(): Promise<string> {
  const id = randomUUID();
  await owner.query("insert into tenants (id, name) values ($1, 'race')", [id]);
  return id;
}

/** Runs one statement as a tenant in a transaction; gives the SQLSTATE of its error, or "ok". */
async function attempt(client: Client, tenant: string, statement: string): Promise<string> {
  await client.query("begin");
  try {
    await client.query("select set_config('app.tenant_id', $1, true)", [tenant]);
    await client.query(statement);
    await client.query("commit");
    return "ok";
  } catch (error) {
    await client.query("rollback");
    return error instanceof DatabaseError ? String(error.code) : String(error);
  }
}

/** All callers at once, each for something of its own. */
function race(tenant: string, statement: (id: string) => string) {
  return raceOf(tenant, () => statement(randomUUID()));
}

/** All callers at once: how often each outcome came, and what the counter says afterwards. */
async function raceOf(tenant: string, statement: (index: number) => string) {
  const outcomes = await Promise.all(
    callers.map((client, index) => attempt(client, tenant, statement(index))),
  );
  const { rows } = await owner.query("select used::int from usage_counters where tenant_id = $1", [tenant]);
  return {
    ok: outcomes.filter((outcome) => outcome === "ok").length,
    refused: outcomes.filter((outcome) => outcome === "ANC01").length,
    used: rows[0]?.used,
  };
}

test("the Worker's role can neither bypass row-level security nor switch it off", async () => {
  const [mine, theirs] = [await createTenant(), await createTenant()];
  const [app] = callers as [Client];
  const insert = (tenant: string) =>
    `insert into usage_counters (tenant_id, period, metric) values ('${tenant}', '2026-11', 'pages')`;
  expect(await attempt(app, mine, insert(mine))).toBe("ok");
  expect(await attempt(app, mine, insert(theirs))).toBe("42501");
  expect(await attempt(app, theirs, insert(theirs))).toBe("ok");

  const { rows: roles } = await app.query(
    "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user",
  );
  expect(roles).toEqual([
    { rolname: "ancre_app", rolsuper: false, rolbypassrls: false, rolcreaterole: false },
  ]);
  expect((await app.query("select * from usage_counters")).rows).toEqual([]);
  const all = "do $$ begin assert (select count(*) from usage_counters) = 1; end $$";
  expect(await attempt(app, mine, all)).toBe("ok");
  for (const way of [
    "set local row_security = off; select * from usage_counters",
    "set local role postgres",
    "set local session authorization postgres",
    "alter table usage_counters no force row level security",
    "create policy everything on usage_counters using (true)",
  ]) {
    expect([way, await attempt(app, mine, way)]).toEqual([way, "42501"]);
  }
});

test("of 50 connections that reserve at the same moment, exactly as many as the limit succeed", async () => {
  expect(await race(await createTenant(), reserve)).toEqual({
    ok: LIMIT,
    refused: CALLERS - LIMIT,
    used: LIMIT,
  });
});

test("the race is real: reading first and writing then passes the limit", async () => {
  const tenant = await createTenant();
  await owner.query(`
    create function naive_reserve(p_cap bigint) returns void language plpgsql as $$
    begin
      if (select used from usage_counters where tenant_id = this_tenant()) >= p_cap then
        raise exception 'quota_exceeded' using errcode = 'ANC01';
      end if;
      perform pg_sleep(0.05);
      update usage_counters set used = used + 1 where tenant_id = this_tenant();
    end $$`);
  await owner.query(
    "insert into usage_counters (tenant_id, period, metric) values ($1, '2026-11', 'questions')",
    [tenant],
  );
  const { ok, refused, used } = await race(tenant, () => `select naive_reserve(${LIMIT})`);
  expect(ok + refused).toBe(CALLERS);
  expect(used).toBe(ok);
  expect(ok).toBeGreaterThan(LIMIT);
});

test("of 50 connections that settle or give back one reservation at the same moment, one does", async () => {
  const tenant = await createTenant();
  const id = randomUUID();
  const [first] = callers as [Client];
  expect(await attempt(first, tenant, reserve(id))).toBe("ok");
  const once = (verb: string) =>
    `do $$ begin if not ${verb}('${id}', 'questions') then raise exception 'late' using errcode = 'ANC01'; end if; end $$`;
  const outcome = await raceOf(tenant, (index) => once(index % 2 === 0 ? "settle_usage" : "release_usage"));
  const { rows } = await owner.query("select state from usage_reservations where tenant_id = $1", [tenant]);
  expect(outcome).toEqual({ ok: 1, refused: CALLERS - 1, used: rows[0]?.state === "settled" ? 1 : 0 });
});

test("of 50 members that come into an unseen organisation at the same moment, one founds it and the seats hold", async () => {
  const tenant = randomUUID();
  const enter = (index: number) =>
    `select enter_organization('org_${tenant}', 'race', 'user_${index}', 'admin', now(), '{"free": 5}', 'race')`;
  const outcomes = await Promise.all(callers.map((client, index) => attempt(client, tenant, enter(index))));
  expect(new Set(outcomes)).toEqual(new Set(["ok"]));
  const { rows } = await owner.query(
    `select count(*) filter (where role = 'owner')::int as owners, count(*) filter (where seated)::int as seated,
      count(*)::int as members from memberships where tenant_id = $1`,
    [tenant],
  );
  expect(rows).toEqual([{ owners: 1, seated: 5, members: CALLERS }]);
});
