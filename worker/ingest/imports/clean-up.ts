import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { importEntries, importJobs, imports } from "../../db/schema/imports.ts";
import { storageKey } from "../../services/documents/storage-key.ts";
import { RETRYABLE } from "../../services/imports/failure.ts";
import type { ImportRow } from "../../services/imports/import.ts";
import { removeStored } from "../../services/imports/remove-stored.ts";
import { holdImport } from "./lease.ts";

/** Days for which files are kept that failed and may pass when somebody tries again. */
const KEPT_DAYS = 7;
/** Keys in one deletion; R2's limit. */
const KEYS_PER_DELETE = 1_000;

/**
 * Removes what R2 keeps for an import that is final, and its work with it; what may be tried again is kept for a week.
 * Returns the seconds to wait until then; 0: nothing is left to do.
 */
export async function cleanUp(ctx: TenantContext, row: ImportRow): Promise<number> {
  const { id } = row;
  const unmade = isNull(documents.id);
  const [, , [retryable], halfway] = await ctx.db.transaction((q) => [
    holdImport(q, id),
    // Listed by somebody who didn't know yet that it was over.
    q
      .update(importEntries)
      .set({ state: "cancelled", updated_at: sql`now()` })
      .where(and(eq(importEntries.import_id, id), eq(importEntries.state, "pending"))),
    q
      .select({ id: importEntries.id })
      .from(importEntries)
      .where(
        and(
          eq(importEntries.import_id, id),
          eq(importEntries.state, "failed"),
          inArray(importEntries.error_code, RETRYABLE),
        ),
      )
      .limit(1),
    q
      .select({ document_id: importEntries.document_id })
      .from(importEntries)
      .leftJoin(documents, eq(documents.id, importEntries.document_id))
      .where(
        and(
          eq(importEntries.import_id, id),
          gt(importEntries.attempts, 0),
          inArray(importEntries.state, ["failed", "skipped", "cancelled"]),
          unmade,
        ),
      ),
  ]);
  // An original that was stored for a document which then wasn't made.
  const keys = halfway.map(({ document_id }) => storageKey(ctx.tenantId, String(document_id), 1));
  for (let at = 0; at < keys.length; at += KEYS_PER_DELETE) {
    await ctx.files.delete(keys.slice(at, at + KEYS_PER_DELETE));
  }
  const keptUntil = (row.finished_at ?? new Date()).getTime() + KEPT_DAYS * 86_400_000;
  const tried = row.state === "failed" && RETRYABLE.some((reason) => reason === row.error_code);
  const stored = row.kind === "files" || row.kind === "zip";
  const wanted = stored && row.state !== "cancelled" && (retryable !== undefined || tried);
  if (wanted && keptUntil > Date.now()) return Math.ceil((keptUntil - Date.now()) / 1_000);
  await removeStored(ctx, id);
  await ctx.db.transaction((q) => [
    holdImport(q, id, row.state),
    q.update(imports).set({ storage_key: null }).where(eq(imports.id, id)),
    q.delete(importJobs).where(eq(importJobs.import_id, id)),
  ]);
  return 0;
}
