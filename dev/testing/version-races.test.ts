import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postgresCode } from "../../worker/db/client.ts";
import { failDocument } from "../../worker/ingest/stages/fail.ts";
import { claimWork } from "../../worker/ingest/stages/load.ts";
import { publishDocument } from "../../worker/ingest/stages/publish.ts";
import { tidyDocument } from "../../worker/ingest/stages/tidy.ts";
import { beginVersion } from "../../worker/services/documents/begin-version.ts";
import { restoreVersion } from "../../worker/services/documents/restore.ts";
import { type RealPostgres, startRealPostgres } from "./real-postgres.ts";

const DOCUMENTS = 4;
const WRITERS = 10;
/** Rounds of each writer: enough that every verb meets every other one. */
const ROUNDS = 40;
const SUPERSEDED = "ANC02";

type Context = Parameters<typeof beginVersion>[0];

let postgres: RealPostgres;
let owner: Client;
const clients: Client[] = [];
const tenant = randomUUID();
const ids = Array.from({ length: DOCUMENTS }, () => randomUUID());
/** Keys of files that were removed. */
const deleted = new Set<string>();

beforeAll(async () => {
  postgres = await startRealPostgres();
  owner = await connect(postgres.ownerUrl);
  await owner.query("insert into tenants (id, name) values ($1, 'race')", [tenant]);
  await owner.query("insert into collections (id, tenant_id, name) values ($1, $1, 'race')", [tenant]);
  for (const id of ids) {
    await owner.query(
      `insert into documents (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key,
         status, published_version, pages_total, chunks_total) values ($1, $2, $2, 'x', 'x', 0, 'x', $3, 'ready', 1, 1, 1)`,
      [id, tenant, id],
    );
    await owner.query(
      `insert into document_versions (tenant_id, document_id, version, origin, state, filename, media_type, size_bytes,
         sha256, storage_key, pages_total, chunks_total, published_at)
       values ($1, $2, 1, 'upload', 'complete', 'x', 'x', 0, 'x', $3, 1, 1, now())`,
      [tenant, id, id],
    );
  }
}, 180_000);

afterAll(async () => {
  await Promise.all([owner, ...clients].map((client) => client.end()));
  await postgres.close();
});

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

/** A tenant's context over Postgres' own protocol; what lies outside the database takes everything in. */
async function context(): Promise<Context> {
  const client = await connect(postgres.appUrl);
  const q = drizzle({ client });
  const transaction = async (build: (db: typeof q) => PromiseLike<unknown>[]) => {
    await client.query("begin");
    try {
      await client.query("select set_config('app.tenant_id', $1, true)", [tenant]);
      const results: unknown[] = [];
      for (const statement of build(q)) results.push(await statement);
      await client.query("commit");
      return results;
    } catch (error) {
      await client.query("rollback");
      throw error;
    }
  };
  const rows = async (query: never) =>
    ((await transaction((db) => [db.execute(query)]))[0] as { rows: unknown[] }).rows;
  const nothing = async () => {};
  return {
    tenantId: tenant,
    actor: { kind: "system", name: "ingest" },
    db: { transaction, rows },
    files: { delete: async (key: string) => void deleted.add(key) },
    vectors: { delete: nothing },
    ingestQueue: { sendBatch: nothing },
  } as unknown as Context;
}

const pick = <T>(from: T[]): T => from[Math.floor(Math.random() * from.length)] as T;

/** Does whatever the document's job asks for, or has its version fail. */
async function consume(ctx: Context, id: string): Promise<void> {
  const work = await claimWork(ctx, id);
  if (!work) return;
  const { job, document } = work;
  if (job.kind === "tidy") await tidyDocument(ctx, document);
  else if (Math.random() < 0.3) await failDocument(ctx, document, pick(["corrupt", "stalled"]));
  else {
    await ctx.db.rows(
      sql`update documents set status = 'processing' where id = ${id} and status = 'queued' returning id`,
    );
    await publishDocument(ctx, document);
  }
}

const file = () => ({
  key: randomUUID(),
  filename: "x",
  media_type: "x",
  size_bytes: 10,
  sha256: randomUUID(),
});

const VERBS: Array<(ctx: Context, id: string) => Promise<unknown>> = [
  (ctx, id) => beginVersion(ctx, id, file()),
  (ctx, id) => beginVersion(ctx, id, "shown"),
  (ctx, id) => beginVersion(ctx, id, "kept update"),
  async (ctx, id) => {
    const rows = await ctx.db.rows<{ version: number }>(
      sql`select version from document_versions where document_id = ${id} and state = 'complete'`,
    );
    await restoreVersion(ctx, id, pick(rows).version, "en");
  },
  consume,
  consume,
  consume,
];

test("updates, retries, restoring, consumers and failures at once deadlock nowhere and leave every document whole", async () => {
  const contexts = await Promise.all(Array.from({ length: WRITERS }, context));
  const outcomes = new Map<string, number>();
  const write = async (ctx: Context) => {
    for (let round = 0; round < ROUNDS; round++) {
      const outcome = await pick(VERBS)(ctx, pick(ids)).then(
        () => "ok",
        (error: unknown) => postgresCode(error)?.code ?? String((error as { code?: unknown }).code ?? error),
      );
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  };
  await Promise.all(contexts.map(write));
  // A version may have been retired between being chosen and being restored.
  expect([...outcomes.keys()].filter((code) => !["ok", SUPERSEDED, "conflict"].includes(code))).toEqual([]);
  expect(outcomes.get("ok")).toBeGreaterThan((WRITERS * ROUNDS) / 2);

  const { rows: broken } = await owner.query(`
    select d.id from documents d left join ingest_jobs j on j.document_id = d.id
    where d.published_version is null
      or not exists (select 1 from document_versions v where v.document_id = d.id and v.version = d.published_version
        and v.state = 'complete')
      or (select count(*) from document_versions v where v.document_id = d.id and v.state = 'complete') > 2
      or exists (select 1 from document_versions v where v.document_id = d.id and v.state = 'writing'
        and v.version <> d.version)
      or (d.status = 'ready') <> (d.version = d.published_version)
      or (j.document_id is not null and j.version <> d.version)
      or (d.status <> 'ready' and j.kind is distinct from 'ingest')`);
  expect(broken).toEqual([]);

  const [ctx] = contexts as [Context];
  for (const id of ids) {
    for (let message = 0; message < 20; message++) {
      await owner.query("update ingest_jobs set claimed_until = null where document_id = $1", [id]);
      await consume(ctx, id);
    }
  }
  const { rows: left } = await owner.query(`
    select (select count(*)::int from ingest_jobs) as jobs,
      (select used from usage_counters where metric = 'storage_bytes')::int as bytes,
      (select count(*)::int from document_versions v join documents d on d.id = v.document_id
        where v.state in ('failed', 'retired') and v.cleared_at is null and not (
          d.error_code = 'stalled' and v.state = 'failed'
          and v.version = (select max(version) from document_versions where document_id = d.id))) as left`);
  const { rows: files } = await owner.query(`
    select storage_key as key, max(size_bytes)::int as size,
      bool_or(state = 'complete' or cleared_at is null) as is_kept
    from document_versions group by storage_key`);
  const kept = files.filter(({ is_kept }) => is_kept);
  expect(left).toEqual([{ jobs: 0, bytes: kept.reduce((sum, { size }) => sum + size, 0), left: 0 }]);
  expect(files.filter(({ key, is_kept }) => is_kept === deleted.has(key))).toEqual([]);
}, 180_000);
