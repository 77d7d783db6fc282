import { eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { closeJob } from "../../services/documents/close-job.ts";
import { endVersion } from "../../services/documents/end-version.ts";
import { enqueue } from "../../services/documents/enqueue.ts";
import type { FailureReason } from "../../services/documents/failure.ts";
import { showVersion } from "../../services/documents/show-version.ts";
import { pagesReservation, releaseUsage } from "../../services/usage/reserve.ts";
import { holdJob } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/**
 * Ends an update as failed: the document shows the version before it again, which was read all along, and tells why its
 * update failed. What was made of the failed version is removed by the work that follows: this asks nothing but Postgres, so
 * that it works whatever else is away.
 *
 * @throws the database's error of superseded work
 */
export async function failUpdate(
  ctx: TenantContext,
  document: IngestDocument & { published_version: number },
  reason: FailureReason,
): Promise<void> {
  const { id, published_version } = document;
  const failure = sql`error_code = ${reason}, failed_step = case
    when documents.pages_total is null or documents.pages_done < documents.pages_total then 'parse'
    when documents.chunks_total is null then 'chunk'
    when documents.chunks_done < documents.chunks_total then 'embed' else 'publish' end`;
  const [, , , , next] = await ctx.db.transaction((q) => [
    holdJob(q, document),
    q
      .select({ released: releaseUsage("pages", pagesReservation(document)) })
      .from(documents)
      .where(eq(documents.id, id)),
    endVersion(q, id, reason),
    showVersion(q, id, published_version, failure),
    ...closeJob(q, id),
  ]);
  if (next.rows.length > 0) await enqueue(ctx, [id]);
}

/** Whether a document is read in another version than the one that is being written. */
export function isUpdate(document: IngestDocument): document is IngestDocument & {
  published_version: number;
} {
  return document.published_version !== null && document.published_version !== document.version;
}
