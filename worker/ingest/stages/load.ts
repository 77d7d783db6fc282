import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";

export type IngestDocument = typeof documents.$inferSelect;
export type IngestJob = typeof ingestJobs.$inferSelect;

/** What is left to do for a document; null when nothing is: the message came late or twice. */
export async function loadWork(
  ctx: TenantContext,
  documentId: string,
): Promise<{ job: IngestJob; document: IngestDocument } | null> {
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({ job: ingestJobs, document: documents })
      .from(ingestJobs)
      .innerJoin(
        documents,
        and(eq(documents.id, ingestJobs.document_id), eq(documents.version, ingestJobs.version)),
      )
      .where(eq(ingestJobs.document_id, documentId)),
  ]);
  return rows[0] ?? null;
}
