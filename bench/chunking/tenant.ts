import { migrate } from "../../dev/migrate.ts";
import { startPostgres } from "../../dev/postgres/start.ts";
import { type Database, openDatabase, type ScopedDatabase, tenantDatabase } from "../../worker/db/client.ts";
import { collections } from "../../worker/db/schema/collections.ts";
import { documentVersions } from "../../worker/db/schema/document-versions.ts";
import { documents } from "../../worker/db/schema/documents.ts";
import { tenants } from "../../worker/db/schema/tenants.ts";
import type { Corpus } from "./corpora.ts";

/** One tenant of an embedded Postgres: `db` as the Worker has it, `owner` as the role that owns the tables. */
export type Tenant = { id: string; db: ScopedDatabase; owner: Database; close: () => Promise<void> };

/** Starts Postgres in memory with the real migrations, and writes collections and documents still without chunks. */
export async function openTenant(corpora: Corpus[]): Promise<Tenant> {
  const postgres = await startPostgres({ dataDir: null, port: 0 });
  await migrate(postgres.url("postgres"), postgres.fetchEndpoint);
  const owner = openDatabase(postgres.url("postgres"), postgres.fetchEndpoint);
  const id = crypto.randomUUID();
  await owner.insert(tenants).values({ id, name: "eval:chunking" });
  for (const corpus of corpora) await writeDocuments(owner, id, corpus);
  const db = tenantDatabase(openDatabase(postgres.url("ancre_app"), postgres.fetchEndpoint), id);
  return { id, db, owner, close: postgres.close };
}

async function writeDocuments(
  owner: Database,
  tenant_id: string,
  { collectionId, sources }: Corpus,
): Promise<void> {
  await owner.insert(collections).values({ id: collectionId, tenant_id, name: collectionId });
  await owner.insert(documents).values(
    sources.map(({ id, filename, language }) => ({
      id,
      tenant_id,
      collection_id: collectionId,
      filename,
      language,
      media_type: "text/plain",
      size_bytes: 0,
      sha256: "",
      storage_key: id,
      status: "ready" as const,
      published_version: 1,
    })),
  );
  await owner.insert(documentVersions).values(
    sources.map(({ id, filename }) => ({
      document_id: id,
      tenant_id,
      version: 1,
      origin: "upload" as const,
      state: "complete" as const,
      filename,
      media_type: "text/plain",
      size_bytes: 0,
      sha256: "",
      storage_key: id,
    })),
  );
}
