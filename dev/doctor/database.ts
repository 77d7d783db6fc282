import { neon, neonConfig } from "@neondatabase/serverless";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { MIGRATIONS } from "../migrate.ts";
import { type Check, type Finding, missing, ok, skipped, wrong } from "./finding.ts";

type Sql = ReturnType<typeof neon<false, false>>;

/** Versions of pgvector before can't go on with a scan whose results were filtered out (decision 015). */
const PGVECTOR = [0, 8];

/** The database as the Worker reaches it, and with MIGRATION_DATABASE_URL as a release does. */
export const database: Check = {
  name: "Database",
  async run({ DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl, NEON_FETCH_ENDPOINT: endpoint }) {
    if (!url) {
      return [
        missing("DATABASE_URL", "Neon's pooled connection string, as role ancre_app (docs/deploy.md)."),
      ];
    }
    const previous = neonConfig.fetchEndpoint;
    if (endpoint) neonConfig.fetchEndpoint = endpoint;
    try {
      return [
        ...(await reached("DATABASE_URL", url, asWorker)),
        ...(ownerUrl
          ? await reached("MIGRATION_DATABASE_URL", ownerUrl, asOwner)
          : [skipped("migrations: set MIGRATION_DATABASE_URL to the owner's direct URL to compare them")]),
      ];
    } finally {
      neonConfig.fetchEndpoint = previous;
    }
  },
};

async function reached(
  name: string,
  url: string,
  look: (sql: Sql) => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await look(neon(url));
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return [wrong(`${name} doesn't connect: ${said}`, "Check role, password, host and database name.")];
  }
}

async function asWorker(sql: Sql): Promise<Finding[]> {
  const [role] =
    await sql`select rolname, rolsuper or rolbypassrls as all from pg_roles where rolname = current_user`;
  if (role?.all) {
    return [
      wrong(
        `DATABASE_URL connects as ${role.rolname}, which row-level security doesn't hold`,
        "Connect as ancre_app: it is made by the migrations, `ALTER ROLE ancre_app PASSWORD '…'` sets its password.",
      ),
    ];
  }
  const open = await sql`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and not (relrowsecurity and relforcerowsecurity)`;
  const [known] = await sql`select to_regclass('public.documents') is not null as tables`;
  if (!known?.tables) {
    return [wrong("the database has no tables", "Run `npm run db:migrate` with the owner's URL.")];
  }
  return [
    ok(`connects as ${role?.rolname}`),
    open.length === 0
      ? ok("row-level security holds on every table")
      : wrong(
          `no row-level security on ${open.map((table) => table.relname).join(", ")}`,
          "Run `npm run db:migrate`; remove tables that aren't Ancre's from this schema.",
        ),
  ];
}

async function asOwner(sql: Sql): Promise<Finding[]> {
  const [pgvector] = await sql`
    select extversion, string_to_array(extversion, '.')::int[] >= ${PGVECTOR} as recent
    from pg_extension where extname = 'vector'`;
  const [ledger] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
  const [applied] = ledger?.there
    ? await sql`select coalesce(max(created_at), 0) as latest from drizzle.__drizzle_migrations`
    : [];
  const pending = readMigrationFiles({ migrationsFolder: MIGRATIONS }).filter(
    ({ folderMillis }) => folderMillis > Number(applied?.latest ?? 0),
  );
  return [
    pending.length === 0
      ? ok("every migration is applied")
      : missing(`${pending.length} migration(s)`, "`DATABASE_URL=<the owner's URL> npm run db:migrate`"),
    pgvector?.recent
      ? ok(`pgvector ${pgvector.extversion}`)
      : missing(
          "pgvector 0.8",
          pgvector ? "`ALTER EXTENSION vector UPDATE`" : "The first migration installs it.",
        ),
  ];
}
