import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import type { FailureReason } from "../../services/documents/failure.ts";
import type { IngestDocument } from "./load.ts";
import { deleteVectors } from "./purge.ts";

/** Ends a version as failed with a reason, and leaves nothing of it to be found. */
export async function failDocument(
  ctx: TenantContext,
  document: IngestDocument,
  reason: FailureReason,
): Promise<void> {
  await deleteVectors(ctx, document.id);
  const { id, version } = document;
  await ctx.db.transaction((q) => [
    q
      .update(documents)
      .set({ status: "failed", error_code: reason, updated_at: sql`now()` })
      .where(and(eq(documents.id, id), eq(documents.version, version))),
    q.delete(chunks).where(and(eq(chunks.document_id, id), eq(chunks.version, version))),
    q.delete(documentPages).where(and(eq(documentPages.document_id, id), eq(documentPages.version, version))),
    q.delete(ingestJobs).where(and(eq(ingestJobs.document_id, id), eq(ingestJobs.kind, "ingest"))),
  ]);
}
