import { and, eq, isNotNull, notExists, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { closeJob } from "../../services/documents/close-job.ts";
import { endVersion } from "../../services/documents/end-version.ts";
import { enqueue } from "../../services/documents/enqueue.ts";
import { type FailureReason, mayPassLater } from "../../services/documents/failure.ts";
import { pagesReservation, releaseUsage } from "../../services/usage/reserve.ts";
import { holdJob, isSuperseded } from "../lease.ts";
import { failUpdate, isUpdate } from "./fail-update.ts";
import type { IngestDocument } from "./load.ts";

/** The stage that was to come next when it ended. */
const failedStep = sql<"parse" | "chunk" | "embed" | "publish">`case
  when ${documents.pages_total} is null or ${documents.pages_done} < ${documents.pages_total} then 'parse'
  when ${documents.chunks_total} is null then 'chunk'
  when ${documents.chunks_done} < ${documents.chunks_total} then 'embed'
  else 'publish' end`;

/**
 * Ends a version as failed with a reason, and gives its pages' quota back. Nothing of it is found, since it isn't published;
 * the document goes on being read as it was before, if it was. What was read of a first version is kept for a retry where
 * the reason may pass; where it can't, it is removed. Asks nothing but Postgres, so that it works whatever else is away.
 */
export async function failDocument(
  ctx: TenantContext,
  document: IngestDocument,
  reason: FailureReason,
): Promise<void> {
  const { id, version } = document;
  const keeps = mayPassLater(reason);
  try {
    if (isUpdate(document)) return await failUpdate(ctx, document, reason);
    const [, , , next] = await ctx.db.transaction((q) => [
      holdJob(q, document),
      q
        .select({
          released: releaseUsage("pages", pagesReservation(document)),
        })
        .from(documents)
        .where(eq(documents.id, id)),
      q
        .update(documents)
        .set({ status: "failed", error_code: reason, failed_step: failedStep, updated_at: sql`now()` })
        .where(eq(documents.id, id)),
      ...closeJob(q, id),
      endVersion(q, id, reason),
      ...(keeps ? [] : removeUnembedded(q, id, version)),
    ]);
    if (next.rows.length > 0) await enqueue(ctx, [id]);
  } catch (error) {
    // Deleted or ended by somebody else meanwhile: there is nothing left to fail.
    if (!isSuperseded(error)) throw error;
  }
}

/** What may have vectors is left to the purge, which takes them out of the store by their chunks' ids. */
function removeUnembedded(q: Database, id: string, version: number) {
  const unembedded = notExists(
    q
      .select({ one: sql`1` })
      .from(documents)
      .where(and(eq(documents.id, id), isNotNull(documents.chunks_total))),
  );
  return [
    q.delete(chunks).where(and(eq(chunks.document_id, id), eq(chunks.version, version), unembedded)),
    q
      .delete(documentPages)
      .where(and(eq(documentPages.document_id, id), eq(documentPages.version, version), unembedded)),
  ];
}
