import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { importJobs, imports } from "../../db/schema/imports.ts";
import type { ImportRow } from "../../services/imports/import.ts";
import { LEASE_SECONDS } from "../lease.ts";

const lease = sql`now() + make_interval(secs => ${LEASE_SECONDS})`;

/**
 * Claims what is left to do for an import. "busy": nothing is, or another consumer is at it. "gone": it was deleted with
 * its collection.
 */
export async function claimImport(
  ctx: TenantContext,
  importId: string,
): Promise<ImportRow | "busy" | "gone"> {
  const unclaimed = or(isNull(importJobs.claimed_until), lt(importJobs.claimed_until, sql`now()`));
  const [[job], [row]] = await ctx.db.transaction((q) => [
    q
      .update(importJobs)
      .set({ claimed_until: lease, due_at: lease })
      .where(and(eq(importJobs.import_id, importId), unclaimed))
      .returning({ id: importJobs.import_id }),
    q.select().from(imports).where(eq(imports.id, importId)),
  ]);
  if (!row) return "gone";
  return job ? row : "busy";
}

/** Lets the next message have the work, not before `delaySeconds` if the sweep has to send it. */
export async function releaseImport(
  ctx: TenantContext,
  importId: string,
  next: { delaySeconds: number; reason: string | null },
): Promise<void> {
  await ctx.db.transaction((q) => [
    q
      .update(importJobs)
      .set({
        claimed_until: null,
        due_at: sql`now() + make_interval(secs => ${next.delaySeconds + LEASE_SECONDS})`,
        last_reason: next.reason,
        ...(next.reason === null ? { stalls: 0 } : {}),
      })
      .where(eq(importJobs.import_id, importId)),
  ]);
}
