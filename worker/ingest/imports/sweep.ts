import { eq, lte, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { sweepDatabase } from "../../db/client.ts";
import { importJobs, imports, importUploads } from "../../db/schema/imports.ts";
import { errorFacts, logEvent } from "../../log.ts";
import { isImportReason } from "../../services/imports/sentences.ts";
import { abortUpload } from "../../services/imports/uploads/abort.ts";
import { wakeImport } from "../../services/imports/wake.ts";
import type { Wiring } from "../../wiring.ts";
import { LEASE_SECONDS } from "../lease.ts";
import { systemContext } from "../system-context.ts";
import { failImport } from "./fail-import.ts";
import { releaseImport } from "./load.ts";

/** Jobs, and uploads, looked at by one sweep; the next minute's takes the rest. */
const PER_SWEEP = 200;
/** Sweeps in a row that found begun work without progress before it is given up; as for documents. */
const MAX_STALLS = 2;

/** Sends overdue imports to the queue again, fails those that make no progress, and gives forgotten uploads up. */
export async function sweepImports(wiring: Wiring): Promise<void> {
  const [jobs, uploads] = await sweepDatabase(wiring.database).transaction((q) => [
    q
      .select({ tenantId: importJobs.tenant_id, id: importJobs.import_id })
      .from(importJobs)
      .where(lte(importJobs.due_at, sql`now()`))
      .orderBy(importJobs.due_at)
      .limit(PER_SWEEP),
    q
      .select({ tenantId: importUploads.tenant_id, id: importUploads.id })
      .from(importUploads)
      .where(lte(importUploads.expires_at, sql`now()`))
      .orderBy(importUploads.expires_at)
      .limit(PER_SWEEP),
  ]);
  for (const { tenantId, id } of jobs) {
    await attempt(tenantId, () => sweepImport(systemContext(wiring, tenantId), id));
  }
  for (const { tenantId, id } of uploads) {
    await attempt(tenantId, () => abortUpload(systemContext(wiring, tenantId), id));
  }
}

/** One's trouble is not the others'. */
async function attempt(tenantId: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    logEvent("import.sweep_failed", { tenant_id: tenantId, ...errorFacts(error) });
  });
}

async function sweepImport(ctx: TenantContext, importId: string): Promise<void> {
  // Released work that only waits for its turn, or for documents, has not stalled; an overdue claim is a consumer's that
  // died at it. What is final has nothing left to fail.
  const begun = sql`${importJobs.last_reason} is not null or ${importJobs.claimed_until} is not null`;
  const [[job], [found]] = await ctx.db.transaction((q) => [
    q
      .update(importJobs)
      .set({
        stalls: sql`${importJobs.stalls} + case when ${begun} then 1 else 0 end`,
        due_at: sql`now() + make_interval(secs => ${LEASE_SECONDS})`,
      })
      .where(eq(importJobs.import_id, importId))
      .returning(),
    q.select({ state: imports.state }).from(imports).where(eq(imports.id, importId)),
  ]);
  if (!job || !found) return;
  const open = found.state === "listing" || found.state === "running";
  if (open && job.stalls > MAX_STALLS) {
    const reason = job.last_reason ?? "stalled";
    await failImport(ctx, importId, isImportReason(reason) ? reason : "stalled");
    // Failing it took the lease, which whoever cleans up behind it needs.
    await releaseImport(ctx, importId, { delaySeconds: 0, reason: null });
  }
  await wakeImport(ctx, importId);
}
