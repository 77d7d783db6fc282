import { chunkId } from "../../ingest/chunking/chunk-id.ts";
import { asOwner } from "../harness.ts";
import type { Deployment } from "./deployment.ts";

/**
 * Everything that a tenant has of its documents, with the documents' ids, which are drawn, and their dates taken out: two
 * runs that came to the same end give equal states. Chunks' ids are compared with what they must be.
 */
export async function readState({ tenantId, files }: Deployment) {
  const sql = asOwner();
  const [
    documents = [],
    pages = [],
    chunks = [],
    vectors = [],
    jobs = [],
    counters,
    reservations,
    daily,
    versions = [],
    collections,
    receipts,
    imports = [],
    entries = [],
  ] = await sql.transaction([
    sql`select id, filename, folder, status, error_code, failed_step, language, sha256, size_bytes, warnings, pages_total, pages_done,
            chunks_total, chunks_done, version, published_version
          from documents where tenant_id = ${tenantId} order by filename`,
    sql`select document_id, version, number, kind, label, text, headings from document_pages
          where tenant_id = ${tenantId} order by document_id, version, number`,
    sql`select document_id, version, id, ordinal, segments, heading_path, text, indexed from chunks
          where tenant_id = ${tenantId} order by document_id, version, ordinal`,
    sql`select chunk_id, md5(embedding::text) as vector, model, searchable from chunk_embeddings where tenant_id = ${tenantId}`,
    sql`select document_id, kind from ingest_jobs where tenant_id = ${tenantId}`,
    sql`select metric, used from usage_counters where tenant_id = ${tenantId} and used > 0 order by metric`,
    sql`select metric, state, amount, count(*)::int as times from usage_reservations
          where tenant_id = ${tenantId} group by 1, 2, 3 order by 1, 2, 3`,
    sql`select metric, amount from usage_daily
          where tenant_id = ${tenantId} and metric in ('pages', 'documents') order by metric`,
    sql`select document_id, version, state from document_versions where tenant_id = ${tenantId} order by 1, 2`,
    sql`select name, deleted_at is not null as deleted from collections where tenant_id = ${tenantId} order by 1`,
    sql`select subject, parent_id is not null as part, completed_at is not null as complete, due_at, claimed_until, figures
          from deletion_receipts where tenant_id = ${tenantId} order by 1, figures::text`,
    sql`select id, kind, source, state, error_code, storage_key from imports where tenant_id = ${tenantId}`,
    sql`select import_id, name, folder, error_code, document_id from import_entries
          where tenant_id = ${tenantId} order by ordinal`,
  ]);
  const names = new Map(documents.map(({ id, filename }) => [String(id), String(filename)]));
  const named = (id: unknown) => names.get(String(id)) ?? "nobody's";
  const ids = new Map<string, string>();
  for (const chunk of chunks) {
    const expected = await chunkId(String(chunk.document_id), Number(chunk.version), Number(chunk.ordinal));
    ids.set(
      String(chunk.id),
      chunk.id === expected ? `${named(chunk.document_id)} v${chunk.version} ${chunk.ordinal}` : "wrong id",
    );
  }
  const known = new Set(imports.map(({ id }) => String(id)));
  const ofImport = ([id, ...rest]: string[]) =>
    [known.has(String(id)) ? "import" : "nobody's import", ...rest].join("/");
  const { objects } = await files.list({ prefix: `t/${tenantId}/` });
  return {
    documents: documents.map(({ id: _id, ...rest }) => rest),
    pages: byDocument(pages, named),
    chunks: byDocument(chunks, named).map((chunk) => ({ ...chunk, id: ids.get(String(chunk.id)) })),
    vectors: vectors
      .map(({ chunk_id, ...rest }) => ({ of: ids.get(String(chunk_id)) ?? "nothing", ...rest }))
      .sort((a, b) => a.of.localeCompare(b.of)),
    jobs: byDocument(jobs, named),
    counters,
    reservations,
    daily,
    versions: byDocument(versions, named),
    collections,
    receipts,
    imports: imports.map(({ id, ...row }) => ({
      ...row,
      entries: entries
        .filter(({ import_id }) => import_id === id)
        .map(({ import_id: _, document_id, ...entry }) => ({
          ...entry,
          document: names.get(String(document_id)) ?? null,
        })),
    })),
    objects: objects
      .map(({ key, size }) => {
        const [, , document, ...rest] = key.split("/");
        if (document === "imports") return { key: ofImport(rest), size };
        return { key: [named(document), ...rest].join("/").replace(DRAWN_ID, "drawn"), size };
      })
      .sort((a, b) => a.key.localeCompare(b.key) || a.size - b.size),
  };
}

/** Of a replacement's file, or an import. */
const DRAWN_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

type Row = Record<string, unknown>;

function byDocument(rows: Row[], named: (id: unknown) => string): Array<Row & { document: string }> {
  return rows
    .map(({ document_id, ...rest }) => ({ document: named(document_id), ...rest }))
    .sort((a, b) => a.document.localeCompare(b.document));
}
