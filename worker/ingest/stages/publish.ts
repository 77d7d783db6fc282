import { and, eq, notExists, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documents } from "../../db/schema/documents.ts";
import { ingestJobs } from "../../db/schema/ingest-jobs.ts";
import { recordUsage } from "../../services/usage/record.ts";
import { pagesReservation, settleUsage } from "../../services/usage/reserve.ts";
import { holdJob } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/** Makes the version the one that search and chat read, and closes the job, in one transaction. */
export async function publishDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  const { id, version } = document;
  await ctx.db.transaction((q) => {
    const unindexed = q
      .select({ one: sql`1` })
      .from(chunks)
      .where(and(eq(chunks.document_id, id), eq(chunks.version, version), eq(chunks.indexed, false)));
    const whole = notExists(unindexed);
    return [
      holdJob(q, document),
      q
        .update(documents)
        .set({ status: "ready", published_version: version, error_code: null, updated_at: sql`now()` })
        .where(and(eq(documents.id, id), eq(documents.status, "processing"), whole)),
      q.execute(sql`
        select ${recordUsage(null, { documents: 1, pages: document.pages_total ?? 0 })} from documents
        where id = ${id} and status = 'ready' and published_version = ${version}
          and ${settleUsage("pages", pagesReservation(document))}`),
      q.delete(ingestJobs).where(and(eq(ingestJobs.document_id, id), whole)),
    ];
  });
}
