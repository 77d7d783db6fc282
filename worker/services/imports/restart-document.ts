import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { enqueue, FIRST_LEASE_SECONDS } from "../documents/enqueue.ts";

/** Reads a failed document's stored file once more. One that isn't failed is left as it is. */
export async function restartDocument(ctx: TenantContext, id: string): Promise<void> {
  const failed = and(eq(documents.id, id), eq(documents.status, "failed"));
  await ctx.db.transaction((q) => [
    q.execute(sql`
      insert into ingest_jobs (document_id, tenant_id, version, kind, due_at)
      select id, tenant_id, version, 'ingest', now() + make_interval(secs => ${FIRST_LEASE_SECONDS})
      from documents where ${failed} on conflict do nothing`),
    q.execute(sql`
      update document_versions set state = 'writing', error_code = null
      from documents where document_versions.document_id = documents.id
        and document_versions.version = documents.version and ${failed}`),
    q
      .update(documents)
      .set({
        status: "queued",
        error_code: null,
        failed_step: null,
        warnings: [],
        pages_total: null,
        pages_done: 0,
        chunks_total: null,
        chunks_done: 0,
        updated_at: sql`now()`,
      })
      .where(failed),
  ]);
  await enqueue(ctx, [id]);
}
