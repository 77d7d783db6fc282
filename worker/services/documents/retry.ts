import { and, eq, sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { AppError } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { pagesReservation, quotaError, reserveUsage } from "../usage/reserve.ts";
import { beginVersion } from "./begin-version.ts";
import { type Document, toDocument } from "./document.ts";
import { enqueue, FIRST_LEASE_SECONDS } from "./enqueue.ts";
import { getDocument } from "./get.ts";

/**
 * Takes a failed document up again from the step that failed; what was read and kept isn't read again. Of one that is
 * ready, but whose update failed, the update's file becomes the next version. Pages count against this month's quota
 * again. Throws `not_found`, `conflict` (nothing failed, or what failed isn't kept), `quota_exceeded`.
 */
export async function retryDocument(ctx: TenantContext, id: string, locale: Locale): Promise<Document> {
  requirePermission(ctx, "library.write");
  const { status, version, error_code } = await getDocument(ctx, id, locale);
  if (status === "ready" && error_code !== null) return retryUpdate(ctx, id, locale);
  const which = and(eq(documents.id, id), eq(documents.status, "failed"), eq(documents.version, version));
  const pagesDone = sql`(select coalesce(max(${documentPages.number}), 0) from ${documentPages}
    where ${documentPages.document_id} = ${id} and ${documentPages.version} = ${version})`;
  const chunked = sql`exists (select 1 from ${chunks}
    where ${chunks.document_id} = ${id} and ${chunks.version} = ${version})`;
  const [taken] = await ctx.db
    .transaction((q) => [
      q
        .update(documents)
        .set({
          // Watchers see a step that goes on, not one that begins.
          status: sql`case when ${documents.pages_total} is null then 'queued' else 'processing' end`,
          error_code: null,
          failed_step: null,
          pages_done: pagesDone,
          chunks_total: sql`case when ${chunked} then ${documents.chunks_total} end`,
          updated_at: sql`now()`,
        })
        .where(which)
        .returning({
          id: documents.id,
          used: sql`case when ${documents.pages_total} is not null then ${reserveUsage({
            metric: "pages",
            id: pagesReservation({ storage_key: sql`${documents.storage_key}` }),
            amount: sql`${documents.pages_total}`,
          })} end`,
        }),
      q.execute(sql`
        insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
        select id, tenant_id, version, 'ingest', now() + make_interval(secs => ${FIRST_LEASE_SECONDS})
        from documents where id = ${id} and version = ${version} and status in ('queued', 'processing')
        on conflict do nothing`),
      q.execute(sql`
        update document_versions set state = 'writing', error_code = null
        where document_id = ${id} and version = ${version} and state = 'failed'
          and exists (select 1 from ingest_jobs where ingest_jobs.document_id = ${id} and kind = 'ingest')`),
    ])
    .catch((error: unknown) => {
      throw quotaError(error);
    });
  // Somebody who asks twice, or whose first answer was lost, is told what is so.
  if (taken.length === 0 && !isUnderway(status)) {
    throw new AppError("conflict", `Only a failed document can be tried again; this one is ${status}.`);
  }
  await enqueue(ctx, [id]);
  return getDocument(ctx, id, locale);
}

async function retryUpdate(ctx: TenantContext, id: string, locale: Locale): Promise<Document> {
  const { row, begun } = await beginVersion(ctx, id, "kept update").catch((error: unknown) => {
    throw quotaError(error);
  });
  if (!begun && !isUnderway(row.status)) {
    throw new AppError("conflict", "The file of the update that failed isn't kept. Send the update again.");
  }
  return toDocument(row, locale);
}

function isUnderway(status: Document["status"]): boolean {
  return status === "queued" || status === "processing";
}
