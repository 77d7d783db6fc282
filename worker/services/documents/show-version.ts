import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";

/**
 * The statement that makes a complete version the one that a document's row shows and that search and chat read. `failure`
 * sets what the row tells of an update that failed. Only if `when` holds of the document (`documents`) and the version (`v`).
 */
export function showVersion(q: Database, id: string, version: number, failure: SQL, when: SQL = sql`true`) {
  return q.execute(sql`
    update documents
    set version = v.version, published_version = v.version, status = 'ready', filename = v.filename,
      media_type = v.media_type, size_bytes = v.size_bytes, sha256 = v.sha256, storage_key = v.storage_key,
      language = v.language, warnings = v.warnings, pages_total = v.pages_total, pages_done = coalesce(v.pages_total, 0),
      chunks_total = v.chunks_total, chunks_done = coalesce(v.chunks_total, 0), ${failure}, updated_at = now()
    from document_versions v
    where documents.id = ${id}::uuid and documents.status <> 'deleting' and v.document_id = documents.id
      and v.version = ${version}::int and v.state = 'complete' and ${when}`);
}

/** The row tells of no failure. */
export const NO_FAILURE = sql`error_code = null, failed_step = null`;
