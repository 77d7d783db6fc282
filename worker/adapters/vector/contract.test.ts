import { env } from "cloudflare:workers";
import { openDatabase, tenantDatabase } from "../../db/client.ts";
import { asOwner } from "../../test/harness.ts";
import { describeVectorStore } from "./contract.ts";
import { createPgVectorStore } from "./pgvector.ts";
import { withinLimits } from "./within-limits.ts";

const DIMENSIONS = 8;

describeVectorStore("pgvector", {
  async make() {
    const database = openDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT);
    const suite = `contract-${crypto.randomUUID()}@${DIMENSIONS}`;
    const documents = new Map<string, string>();
    return {
      dimensions: DIMENSIONS,
      open: (tenantId, model = suite) =>
        withinLimits(createPgVectorStore(tenantDatabase(database, tenantId), tenantId, model), DIMENSIONS),
      async chunks(tenantId, collectionId, count) {
        const documentId = documents.get(tenantId) ?? (await createDocument(tenantId));
        documents.set(tenantId, documentId);
        return createChunks(tenantId, documentId, collectionId, count);
      },
      async close() {
        const tenantIds = [...documents.keys()];
        const sql = asOwner();
        await sql.transaction([
          sql`delete from documents where tenant_id = any(${tenantIds})`,
          sql`delete from tenants where id = any(${tenantIds})`,
        ]);
      },
    };
  },
  exceptions: [],
});

/** Chunks need a document, and a document a collection and a tenant. */
async function createDocument(tenantId: string): Promise<string> {
  const sql = asOwner();
  const [collectionId, documentId] = [crypto.randomUUID(), crypto.randomUUID()];
  await sql.transaction([
    sql`insert into tenants (id, name) values (${tenantId}, 'Contract')`,
    sql`insert into collections (id, tenant_id, name) values (${collectionId}, ${tenantId}, 'Contract')`,
    sql`insert into documents
          (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key, status)
        values (${documentId}, ${tenantId}, ${collectionId}, 'x', 'text/plain', 1, 'x', 'x', 'ready')`,
  ]);
  return documentId;
}

async function createChunks(
  tenantId: string,
  documentId: string,
  collectionId: string,
  count: number,
): Promise<string[]> {
  const rows = await asOwner()`
    insert into chunks (id, tenant_id, collection_id, document_id, version, ordinal, segments, heading_path,
      language, text, lexemes)
    select gen_random_uuid(), ${tenantId}, ${collectionId}, ${documentId}, 1, taken.n + i, '[]', '{}', 'en', 'x', ''
    from generate_series(1, ${count}::int) as i,
      (select count(*)::int as n from chunks where document_id = ${documentId}) as taken
    returning id`;
  return rows.map(({ id }) => String(id));
}
