import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import type { FailureReason } from "../../services/documents/failure.ts";
import { pagesReservation, releaseUsage } from "../../services/usage/reserve.ts";
import { holdJob, isSuperseded } from "../lease.ts";
import { deleteVectors } from "./delete-vectors.ts";
import type { IngestDocument } from "./load.ts";

/** Ends a version as failed with a reason; leaves nothing of it to be found and gives its pages' quota back. */
export async function failDocument(
  ctx: TenantContext,
  document: IngestDocument,
  reason: FailureReason,
): Promise<void> {
  const { id, version } = document;
  try {
    await deleteVectors(ctx, id, version);
    await ctx.db.transaction((q) => [
      holdJob(q, document),
      q
        .select({
          released: releaseUsage("pages", pagesReservation(document)),
        })
        .from(documents)
        .where(eq(documents.id, id)),
      q
        .update(documents)
        .set({ status: "failed", error_code: reason, updated_at: sql`now()` })
        .where(eq(documents.id, id)),
      q.delete(chunks).where(and(eq(chunks.document_id, id), eq(chunks.version, version))),
      q
        .delete(documentPages)
        .where(and(eq(documentPages.document_id, id), eq(documentPages.version, version))),
      q.delete(ingestJobs).where(eq(ingestJobs.document_id, id)),
    ]);
  } catch (error) {
    // Deleted or ended by somebody else meanwhile: there is nothing left to fail.
    if (!isSuperseded(error)) throw error;
  }
}
