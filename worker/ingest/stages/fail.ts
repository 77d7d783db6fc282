import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { closeJob } from "../../services/documents/close-job.ts";
import { endVersion } from "../../services/documents/end-version.ts";
import { enqueue } from "../../services/documents/enqueue.ts";
import type { FailureReason } from "../../services/documents/failure.ts";
import { pagesReservation, releaseUsage } from "../../services/usage/reserve.ts";
import { holdJob, isSuperseded } from "../lease.ts";
import { deleteVectors } from "./delete-vectors.ts";
import { failUpdate, isUpdate } from "./fail-update.ts";
import type { IngestDocument } from "./load.ts";

/**
 * Ends a version as failed with a reason; leaves nothing of it to be found and gives its pages' quota back. The document
 * goes on being read as it was before, if it was.
 */
export async function failDocument(
  ctx: TenantContext,
  document: IngestDocument,
  reason: FailureReason,
): Promise<void> {
  const { id, version } = document;
  try {
    if (isUpdate(document)) return await failUpdate(ctx, document, reason);
    await deleteVectors(ctx, id, version);
    const results = await ctx.db.transaction((q) => [
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
      endVersion(q, id, reason),
      q.delete(chunks).where(and(eq(chunks.document_id, id), eq(chunks.version, version))),
      q
        .delete(documentPages)
        .where(and(eq(documentPages.document_id, id), eq(documentPages.version, version))),
      ...closeJob(q, id),
    ]);
    if (results[6].rows.length > 0) await enqueue(ctx, [id]);
  } catch (error) {
    // Deleted or ended by somebody else meanwhile: there is nothing left to fail.
    if (!isSuperseded(error)) throw error;
  }
}
