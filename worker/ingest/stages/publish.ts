import { and, eq, notExists, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
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
    const whole = isWhole(q, document);
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

/** Closes the job of a published version once its last vector is where search looks for it. */
export async function closeIndexJob(ctx: TenantContext, document: IngestDocument): Promise<void> {
  await ctx.db.transaction((q) => [
    holdJob(q, document, "index"),
    q.delete(ingestJobs).where(and(eq(ingestJobs.document_id, document.id), isWhole(q, document))),
  ]);
}

/** Whether the vector store has acknowledged every chunk: `npm run reindex` may have taken that back meanwhile. */
function isWhole(q: Database, { id, version }: IngestDocument): SQL {
  const unindexed = q
    .select({ one: sql`1` })
    .from(chunks)
    .where(and(eq(chunks.document_id, id), eq(chunks.version, version), eq(chunks.indexed, false)));
  return notExists(unindexed);
}
