import { and, eq, inArray, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { importEntries, imports } from "../../db/schema/imports.ts";
import type { ImportReason } from "../../services/imports/failure.ts";
import { isSuperseded } from "../lease.ts";
import { holdImport } from "./lease.ts";

/** Ends an import for a reason that concerns all of it; what waited to be taken in fails with it. */
export async function failImport(ctx: TenantContext, importId: string, reason: ImportReason): Promise<void> {
  try {
    await ctx.db.transaction((q) => [
      holdImport(q, importId),
      q
        .update(imports)
        .set({ state: "failed", error_code: reason, finished_at: sql`now()`, updated_at: sql`now()` })
        .where(and(eq(imports.id, importId), inArray(imports.state, ["listing", "running"]))),
      q
        .update(importEntries)
        .set({ state: "failed", error_code: reason, updated_at: sql`now()` })
        .where(and(eq(importEntries.import_id, importId), eq(importEntries.state, "pending"))),
    ]);
  } catch (error) {
    // Cancelled or ended by somebody else meanwhile: there is nothing left to fail.
    if (!isSuperseded(error)) throw error;
  }
}
