import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RealPostgres, startRealPostgres } from "../testing/real-postgres.ts";
import { markDocuments } from "./mark-documents.ts";

const DOCUMENTS = 60;
const CHUNKS = 40;
const CONSUMERS = 8;
const SUPERSEDED = "ANC02";
const DEADLOCK = "40P01";

let postgres: RealPostgres;
const clients: Client[] = [];
const tenant = randomUUID();

beforeAll(async () => {
  postgres = await startRealPostgres();
  for (let i = 0; i < CONSUMERS + 3; i++) {
    const client = new Client({ connectionString: postgres.ownerUrl });
    await client.connect();
    clients.push(client);
  }
  const [owner] = clients as [Client];
  await owner.query("insert into tenants (id, name) values ($1, 'race')", [tenant]);
  await owner.query("insert into collections (id, tenant_id, name) values ($1, $1, 'race')", [tenant]);
  await owner.query(
    `insert into documents (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key,
       status, published_version)
     select gen_random_uuid(), $1, $1, 'x', 'x', 1, 'x', 'x', 'ready', 1 from generate_series(1, ${DOCUMENTS})`,
    [tenant],
  );
  await owner.query(
    `insert into chunks (id, tenant_id, collection_id, document_id, version, ordinal, segments, heading_path,
       language, text, lexemes, indexed)
     select gen_random_uuid(), tenant_id, tenant_id, id, 1, n, '[]', '{}', 'en', '', '', true
     from documents, generate_series(1, ${CHUNKS}) n`,
  );
}, 180_000);

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await postgres.close();
});

/** Neon's driver as far as marking needs it, over Postgres' own protocol. */
function neonOver(client: Client) {
  type Statement = { text: string; values: unknown[] };
  const run = async ({ text, values }: Statement) => (await client.query(text, values)).rows;
  const sql = (parts: TemplateStringsArray, ...values: unknown[]) => {
    const statement = { text: parts.reduce((text, part, i) => `${text}$${i}${part}`), values };
    // Runs when awaited, unless a transaction takes it.
    // biome-ignore lint/suspicious/noThenProperty: as the driver's own queries do
    return { ...statement, then: (done: never, fail: never) => run(statement).then(done, fail) };
  };
  const transaction = async (statements: Statement[]) => {
    await client.query("begin");
    try {
      const results = [];
      for (const statement of statements) results.push(await run(statement));
      await client.query("commit");
      return results;
    } catch (error) {
      await client.query("rollback");
      throw error;
    }
  };
  return Object.assign(sql, { transaction }) as never;
}

/** A consumer's write: the job first, then its chunks, in no order of ours. Gives the SQLSTATE of its error. */
async function acknowledge(client: Client, document: string): Promise<string> {
  try {
    await client.query("begin");
    await client.query("select hold_ingest_job($1, 1, 150, 'index')", [document]);
    await client.query(
      "update chunks set indexed = true where id in (select id from chunks where document_id = $1 order by random())",
      [document],
    );
    await client.query("delete from ingest_jobs where document_id = $1", [document]);
    await client.query("commit");
    return "ok";
  } catch (error) {
    await client.query("rollback");
    return String((error as { code?: unknown }).code);
  }
}

test("marking beside consumers and deletions ends, and leaves no chunk unindexed without a job", async () => {
  const [owner, second, deleting, ...consumers] = clients as [Client, Client, Client, ...Client[]];
  const { rows } = await owner.query<{ id: string }>("select id from documents");
  const ids = rows.map(({ id }) => id);
  const doomed = ids.slice(0, 10);
  let marking = true;
  const outcomes = new Set<string>();
  const consume = async (client: Client) => {
    while (marking) {
      outcomes.add(await acknowledge(client, ids[Math.floor(Math.random() * ids.length)] ?? ""));
    }
  };
  // As a document is deleted: its job becomes a purge, then everything goes.
  const remove = async () => {
    for (const id of doomed) {
      await deleting.query(
        `with purge as (insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
           values ($1, $2, 1, 'purge', now()) on conflict (document_id) do update set kind = 'purge')
         update documents set status = 'deleting' where id = $1`,
        [id, tenant],
      );
      await deleting.query("delete from documents where id = $1", [id]);
    }
  };
  const mark = async (client: Client) => {
    for (let run = 0; run < 6; run++) await markDocuments(neonOver(client));
  };
  const consuming = consumers.map(consume);
  const ended = await Promise.allSettled([mark(owner), mark(second), remove()]);
  marking = false;
  await Promise.all(consuming);
  expect(ended.map((end) => (end.status === "rejected" ? end.reason : "done"))).toEqual([
    "done",
    "done",
    "done",
  ]);
  expect([...outcomes].filter((code) => !["ok", SUPERSEDED, DEADLOCK].includes(code))).toEqual([]);
  expect(outcomes).toContain("ok");
  const { rows: orphans } = await owner.query(`
    select count(*)::int as n from chunks where not indexed
      and not exists (select 1 from ingest_jobs where ingest_jobs.document_id = chunks.document_id)`);
  expect(orphans).toEqual([{ n: 0 }]);
  const { rows: left } = await owner.query("select count(*)::int as n from documents");
  expect(left).toEqual([{ n: DOCUMENTS - doomed.length }]);
});
