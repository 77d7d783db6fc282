import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { bytesReservation, pagesReservation, reserveUsage } from "../usage/reserve.ts";
import { spendPages } from "../usage/spend-pages.ts";
import { closeJob } from "./close-job.ts";
import { visible } from "./document.ts";
import { endVersion } from "./end-version.ts";
import { enqueue, FIRST_LEASE_SECONDS } from "./enqueue.ts";
import { lockDocument } from "./lock-document.ts";
import type { StoredFile } from "./store-original.ts";
import type { DocumentRow } from "./take-in.ts";

/** A version that is being written and isn't yet the one that the document's row shows: there is one in between alone. */
const NEXT = sql`v.document_id = documents.id and v.version > documents.version and v.state = 'writing'`;
const BEGUN = sql`exists (select 1 from document_versions v where ${NEXT})`;

/**
 * Begins a document's next version, from another file or (`null`) from the one that its row shows, and supersedes the
 * one being written. Other bytes than the row's are asked for: with the same ones nothing is begun, unless they failed.
 * What is published stays so. Throws `not_found` and Postgres' own errors.
 */
export async function beginVersion(
  ctx: TenantContext,
  id: string,
  file: StoredFile | null,
): Promise<{ row: DocumentRow; begun: boolean }> {
  const document = sql`documents.id = ${id}::uuid and documents.status <> 'deleting'`;
  const next = sql`greatest(documents.version,
    (select max(version) from document_versions where document_id = documents.id)) + 1`;
  const shown = { storage_key: sql`documents.storage_key` };
  const results = await ctx.db.transaction((q) => [
    ...lockDocument(q, id),
    file
      ? q.execute(sql`
          insert into document_versions (tenant_id, document_id, version, origin, state, filename, media_type, size_bytes,
            sha256, storage_key)
          select tenant_id, id, ${next}, 'replace', 'writing', ${file.filename}, ${file.media_type},
            ${file.size_bytes}::bigint, ${file.sha256}, ${file.key}
          from documents where ${document} and (sha256 <> ${file.sha256} or status = 'failed')`)
      : q.execute(sql`
          insert into document_versions (tenant_id, document_id, version, origin, state, filename, media_type, size_bytes,
            sha256, storage_key)
          select tenant_id, id, ${next}, 'reindex', 'writing', filename, media_type, size_bytes, sha256, storage_key
          from documents where ${document}`),
    endVersion(q, id, "superseded", sql`${BEGUN} and v.state = 'writing'`),
    spendPages(
      q,
      { storage_key: sql`(select storage_key from documents where id = ${id}::uuid)` },
      sql`exists (select 1 from documents where ${document} and ${BEGUN})`,
    ),
    file
      ? q
          .select({
            used: reserveUsage({
              metric: "storage_bytes",
              id: bytesReservation({ storage_key: file.key }),
              amount: file.size_bytes,
            }),
          })
          .from(documents)
          .where(sql`${document} and ${BEGUN}`)
      : // What was published once has had its pages counted, however long ago.
        q
          .select({ used: reserveUsage({ metric: "pages", id: pagesReservation(shown), amount: 0 }) })
          .from(documents)
          .where(
            sql`${document} and exists (select 1 from document_versions read where read.document_id = documents.id
              and read.storage_key = documents.storage_key and read.published_at is not null)`,
          ),
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
  const [row] = results[10];
  if (!row) throw notFound("document");
  const begun = results[7].rows.length > 0;
  if (begun) await enqueue(ctx, [id]);
  return { row, begun };
}
