import { eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { importEntries, imports } from "../../db/schema/imports.ts";
import { entryRows, type ListedEntry } from "../../services/imports/entry.ts";
import type { ImportOptions, ImportRow } from "../../services/imports/import.ts";
import { holdImport } from "./lease.ts";

/** Puts entries on record and, with them, how far the listing is. Listing them again changes nothing. */
export async function writeEntries(
  ctx: TenantContext,
  { id }: ImportRow,
  listed: ListedEntry[],
  options: ImportOptions = {},
): Promise<void> {
  const rows = await entryRows(ctx.tenantId, id, listed);
  const progress = sql`${imports.options} || ${JSON.stringify(options)}::jsonb`;
  await ctx.db.transaction((q) => [
    holdImport(q, id, "listing"),
    q.update(imports).set({ options: progress, updated_at: sql`now()` }).where(eq(imports.id, id)),
    ...(rows.length > 0 ? [q.insert(importEntries).values(rows).onConflictDoNothing()] : []),
  ]);
}

/** Ends the listing: from here on what it found is taken in. */
export async function endListing(ctx: TenantContext, { id }: ImportRow): Promise<void> {
  await ctx.db.transaction((q) => [
    holdImport(q, id, "listing"),
    q
      .update(imports)
      .set({
        state: "running",
        options: sql`${imports.options} || '{"listed": true}'::jsonb`,
        updated_at: sql`now()`,
      })
      .where(eq(imports.id, id)),
  ]);
}
