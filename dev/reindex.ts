import { parseArgs } from "node:util";
import { neon, neonConfig } from "@neondatabase/serverless";
import { readLocalConfig } from "./local-config.ts";
import { markDocuments } from "./reindex/mark-documents.ts";
import { untilIndexed } from "./reindex/wait.ts";
import { startSchedule } from "./stack/schedule.ts";
import { say, warn } from "./terminal.ts";
import { createVectorIndex, readVectorModel } from "./vector-index.ts";

const HELP = `Puts every document's vectors into the vector store that the Worker is configured with.

  npm run reindex

After VECTOR_STORE was changed and the Worker deployed with it. Vectors that Postgres keeps of the same embedding model
are used again; only what has none of that model is embedded. Documents stay ready, and full text finds them meanwhile.
The Worker does the work: this puts it on record and shows how far it is.

  --tenant ID   only this tenant's documents
  --no-wait     don't wait for the end
  --help

DATABASE_URL connects as the role that owns the tables; without it, the database of a running \`npm run dev\`. With
EMBEDDING_MODEL and EMBEDDING_DIMENSIONS, as the Worker has them, pgvector's index of that model is created first.`;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LOOK_EVERY_MS = 1_000;
/** Twice as long as the queue's retries and a consumer's lease take together. */
const PATIENCE_MS = 10 * 60_000;

/** Where the tables are; `apiUrl` is that of the local Worker, null for any other, whose cron wakes it. */
type Target = { databaseUrl: string; fetchEndpoint: string | undefined; apiUrl: string | null };

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { tenant: { type: "string" }, "no-wait": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) return say(HELP);
  const tenantId = values.tenant ?? null;
  if (tenantId !== null && !UUID.test(tenantId))
    throw new Error(`--tenant is a tenant's id, not "${tenantId}".`);
  const { databaseUrl, fetchEndpoint, apiUrl } = await findTarget();
  if (fetchEndpoint) neonConfig.fetchEndpoint = fetchEndpoint;
  const sql = neon(databaseUrl);
  const [role] = await sql`select rolsuper or rolbypassrls as all from pg_roles where rolname = current_user`;
  if (!role?.all)
    throw new Error("DATABASE_URL must connect as the role that owns the tables: this one sees no rows.");
  const model = readVectorModel(process.env);
  if (model) {
    const outcome = await createVectorIndex((query, params) => sql.query(query, params), model);
    say(`Vector index of ${model.name}: ${outcome}.`);
  }

  const total = await markDocuments(sql, tenantId, (documents) => say(`${documents} document(s) marked`));
  if (total === 0) return say("No ready document has vectors to put into the store.");
  if (values["no-wait"])
    return say(`The Worker puts ${total} document(s) into the store, from its next minute on.`);
  const schedule = apiUrl ? startSchedule(apiUrl) : null;
  try {
    await untilIndexed(sql, {
      tenantId,
      every: LOOK_EVERY_MS,
      patience: PATIENCE_MS,
      // Jobs of an earlier run count too.
      progress: (left) => say(`${Math.max(0, total - left)} of ${total} document(s)`),
    });
  } finally {
    schedule?.stop();
  }
}

async function findTarget(): Promise<Target> {
  const { DATABASE_URL: databaseUrl, NEON_FETCH_ENDPOINT: fetchEndpoint } = process.env;
  if (databaseUrl) return { databaseUrl, fetchEndpoint, apiUrl: null };
  const { ports } = readLocalConfig();
  const origin = `http://127.0.0.1:${ports.postgres}`;
  const health = await fetch(`${origin}/health`).catch(() => null);
  if (!health?.ok) {
    throw new Error("No local database is running. Start `npm run dev`, or set DATABASE_URL.");
  }
  return {
    databaseUrl: `postgres://postgres:local@localhost:${ports.postgres}/ancre`,
    fetchEndpoint: `${origin}/sql`,
    apiUrl: `http://127.0.0.1:${ports.api}`,
  };
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  warn(error instanceof Error ? error.message : String(error));
  if ((error as { code?: unknown }).code?.toString().startsWith("ERR_PARSE_ARGS")) warn(`\n${HELP}`);
  process.exitCode = 1;
}
