import { and, eq, exists, sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { importEntries, importJobs, imports } from "../../db/schema/imports.ts";
import { requirePermission } from "../access/permissions.ts";
import { getImport } from "./get.ts";
import type { Import } from "./import.ts";
import { wakeImport } from "./wake.ts";

/**
 * Ends an import: what waits is not taken in any more. Documents that are being read are left to finish. One that is
 * final already stays as it is. Throws `not_found`.
 */
export async function cancelImport(ctx: TenantContext, id: string, locale: Locale): Promise<Import> {
  requirePermission(ctx, "library.write");
  const [, cancelled] = await ctx.db.transaction((q) => [
    // Locked in the order of those who work at it.
    q.select({ id: importJobs.import_id }).from(importJobs).where(eq(importJobs.import_id, id)).for("update"),
    q
      .update(imports)
      .set({ state: "cancelled", finished_at: sql`now()`, updated_at: sql`now()` })
      .where(and(eq(imports.id, id), sql`${imports.state} in ('listing', 'running')`))
      .returning({ id: imports.id }),
    q
      .update(importEntries)
      .set({ state: "cancelled", updated_at: sql`now()` })
      .where(
        and(
          eq(importEntries.import_id, id),
          eq(importEntries.state, "pending"),
          exists(
            q
              .select({ one: sql`1` })
              .from(imports)
              .where(and(eq(imports.id, id), eq(imports.state, "cancelled"))),
          ),
        ),
      ),
  ]);
  const found = await getImport(ctx, id, locale);
  // What R2 keeps of it is removed by whoever gets the message.
  if (cancelled[0]) await wakeImport(ctx, id);
  return found;
}
