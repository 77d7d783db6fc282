import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import type { FailureReason } from "./failure.ts";

/**
 * The statement that ends the version that a document's row shows, complete or with the reason why not, and keeps of the
 * row what belongs to the version. Only if it isn't complete, and `when` holds of the document.
 */
export function endVersion(q: Database, id: string, reason: FailureReason | null, when: SQL = sql`true`) {
  return q.execute(sql`
    update document_versions v
    set state = ${reason === null ? "complete" : "failed"}, error_code = ${reason}::text,
      published_at = case when ${reason}::text is null then now() end, media_type = documents.media_type,
      language = documents.language, warnings = documents.warnings, pages_total = documents.pages_total,
      chunks_total = documents.chunks_total
    from documents
    where documents.id = ${id}::uuid and v.document_id = documents.id and v.version = documents.version
      and v.state in ('writing', 'failed') and ${when}`);
}
