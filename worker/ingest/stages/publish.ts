import { and, eq, ne, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import type { IngestDocument } from "./load.ts";

/** Makes the version the one that search and chat read, and closes the job, in one transaction. */
export async function publishDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  await ctx.db.transaction((q) => [
    q
      .update(documents)
      .set({
        status: "ready",
        published_version: document.version,
        error_code: null,
        updated_at: sql`now()`,
      })
      .where(
        and(
          eq(documents.id, document.id),
          eq(documents.version, document.version),
          ne(documents.status, "deleting"),
        ),
      ),
    q.delete(ingestJobs).where(and(eq(ingestJobs.document_id, document.id), eq(ingestJobs.kind, "ingest"))),
  ]);
}
