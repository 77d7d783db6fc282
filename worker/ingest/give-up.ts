import { and, eq, inArray, sql } from "drizzle-orm";
import type { TenantContext } from "../context.ts";
import { documents } from "../db/schema/documents.ts";
import { ingestJobs } from "../db/schema/ingest-jobs.ts";
import { logEvent } from "../log.ts";
import { isFailureReason } from "../services/documents/failure.ts";
import { GIVE_UP_SECONDS } from "./lease.ts";
import { failDocument } from "./stages/fail.ts";
import { progressNow, unclaimed } from "./stages/load.ts";

/**
 * Ends those of these documents whose ingestion got nowhere for too long, with the reason of the last try. Work that
 * only waits for its turn is never among them, nor what somebody is at. A purge has to end, and a ready document is not
 * failed for vectors that don't reach a store: trying again heals both when the store or the model is back. Gives the ids
 * of those that were ended.
 */
export async function giveUpStuck(ctx: TenantContext, documentIds: string[]): Promise<Set<string>> {
  const [stuck] = await ctx.db.transaction((q) => [
    q
      .select({ job: ingestJobs, document: documents })
      .from(ingestJobs)
      .innerJoin(
        documents,
        and(eq(documents.id, ingestJobs.document_id), eq(documents.version, ingestJobs.version)),
      )
      .where(
        and(
          inArray(ingestJobs.document_id, documentIds),
          eq(ingestJobs.kind, "ingest"),
          unclaimed,
          sql`${ingestJobs.stuck_since} <= now() - make_interval(secs => ${GIVE_UP_SECONDS})`,
          sql`${ingestJobs.progress} is not distinct from ${progressNow}`,
        ),
      ),
  ]);
  for (const { job, document } of stuck) {
    const word = job.last_reason ?? "stalled";
    const reason = isFailureReason(word) ? word : "stalled";
    await failDocument(ctx, document, reason);
    const { attempts, tenant_id, document_id } = job;
    logEvent("ingest.given_up", { tenant_id, document_id, reason, attempts });
  }
  return new Set(stuck.map(({ document }) => document.id));
}
