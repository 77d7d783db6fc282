import { and, eq, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { bytesReservation, pagesReservation, reserveUsage } from "../usage/reserve.ts";
import { spendPages } from "../usage/spend-pages.ts";
import { closeJob } from "./close-job.ts";
import { visible } from "./document.ts";
import { endVersion } from "./end-version.ts";
import { enqueue, FIRST_LEASE_SECONDS } from "./enqueue.ts";
import { KEPT_UPDATE } from "./kept-update.ts";
import { lockDocument } from "./lock-document.ts";
import type { StoredFile } from "./store-original.ts";
import type { DocumentRow } from "./take-in.ts";

/** A version that is being written and isn't yet the one that the document's row shows: there is one in between alone. */
const NEXT = sql`v.document_id = documents.id and v.version > documents.version and v.state = 'writing'`;
const BEGUN = sql`exists (select 1 from document_versions v where ${NEXT})`;
const OF_NEXT = { storage_key: sql`v.storage_key` };

/** What a version is made from: a file that was just stored, that of the document's row, that of an update that failed. */
type Source = StoredFile | "shown" | "kept update";

/**
 * Begins a document's next version and supersedes the one being written. Of a stored file other bytes than the row's are
 * asked for: with the same ones nothing is begun, unless they failed; nor without a kept update. What is published stays
 * so. Throws `not_found` and Postgres' own errors.
 */
export async function beginVersion(
  ctx: TenantContext,
  id: string,
  source: Source,
): Promise<{ row: DocumentRow; begun: boolean }> {
  const document = sql`documents.id = ${id}::uuid and documents.status <> 'deleting'`;
  const results = await ctx.db.transaction((q) => [
    ...lockDocument(q, id),
    q.execute(sql`
      insert into document_versions (tenant_id, document_id, version, state, origin, filename, media_type, size_bytes,
        sha256, storage_key)
      select documents.tenant_id, documents.id, greatest(documents.version,
        (select max(version) from document_versions where document_id = documents.id)) + 1, 'writing', ${madeFrom(source)}
        and ${document}`),
    endVersion(q, id, "superseded", sql`${BEGUN} and v.state = 'writing'`),
    spendPages(
      q,
      { storage_key: sql`(select storage_key from documents where id = ${id}::uuid)` },
      sql`exists (select 1 from documents where ${document} and ${BEGUN})`,
    ),
    // A file that another version was made from is counted already.
    q.execute(sql`
      select ${reserveUsage({ metric: "storage_bytes", id: bytesReservation(OF_NEXT), amount: sql`v.size_bytes` })}
      from documents, document_versions v where ${document} and ${NEXT}`),
    // What was published once has had its pages counted, however long ago.
    q.execute(sql`
      select ${reserveUsage({ metric: "pages", id: pagesReservation(OF_NEXT), amount: 0 })}
      from documents, document_versions v where ${document} and ${NEXT} and exists (
        select 1 from document_versions read where read.document_id = documents.id
          and read.storage_key = v.storage_key and read.published_at is not null)`),
    q.execute(sql`
      update ingest_jobs job
      set kind = 'ingest', version = v.version, claimed_until = null, last_reason = null, attempts = 0,
        progress = null, stuck_since = null,
        ready_at = now(), due_at = now() + make_interval(secs => ${FIRST_LEASE_SECONDS}::int)
      from documents, document_versions v where ${document} and job.document_id = documents.id and ${NEXT}`),
    q.execute(sql`
      update documents
      set version = v.version, status = 'queued', filename = v.filename, media_type = v.media_type,
        size_bytes = v.size_bytes, sha256 = v.sha256, storage_key = v.storage_key, language = null, warnings = '[]',
        pages_total = null, pages_done = 0, chunks_total = null, chunks_done = 0, error_code = null, failed_step = null,
        updated_at = now()
      from document_versions v where ${document} and ${NEXT} returning documents.id`),
    ...closeJob(q, id, sql`job.kind = 'tidy'`),
    q
      .select()
      .from(documents)
      .where(and(eq(documents.id, id), visible)),
  ]);
  const [row] = results[11];
  if (!row) throw notFound("document");
  const begun = results[8].rows.length > 0;
  if (begun) await enqueue(ctx, [id]);
  return { row, begun };
}

/** A version's source as the rest of a `select`, up to where a condition may follow: origin and what is known of the file. */
function madeFrom(source: Source): SQL {
  switch (source) {
    case "shown":
      return sql`'reindex', filename, media_type, size_bytes, sha256, storage_key from documents where true`;
    case "kept update":
      return sql`v.origin, v.filename, v.media_type, v.size_bytes, v.sha256, v.storage_key
        from documents join document_versions v on v.document_id = documents.id where ${KEPT_UPDATE}`;
    default:
      return sql`'replace', ${source.filename}, ${source.media_type}, ${source.size_bytes}::bigint, ${source.sha256},
        ${source.key} from documents where (sha256 <> ${source.sha256} or status = 'failed')`;
  }
}
