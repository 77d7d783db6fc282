import { notInArray, sql } from "drizzle-orm";
import { HOPELESS } from "./failure.ts";

/**
 * Holds of the version (`v`) that a document's (`documents`) update failed as, while it is kept for a retry: the newest
 * one, as long as the document tells of its failure and this may pass. Once it ends, it never holds of that version again.
 */
export const KEPT_UPDATE = sql`(
  documents.status = 'ready' and documents.error_code is not null
  and ${notInArray(sql`documents.error_code`, [...HOPELESS])} and v.state = 'failed' and v.cleared_at is null
  and v.version = (select max(newest.version) from document_versions newest where newest.document_id = documents.id))`;
