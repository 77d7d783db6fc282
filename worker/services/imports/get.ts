import { eq } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { imports } from "../../db/schema/imports.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Import, selectCounts, toImport } from "./import.ts";

/** One import and how far it is. Throws `not_found`. */
export async function getImport(ctx: TenantContext, id: string, locale: Locale): Promise<Import> {
  requirePermission(ctx, "library.read");
  const [[row], counts] = await ctx.db.transaction((q) => [
    q.select().from(imports).where(eq(imports.id, id)),
    selectCounts(q, [id]),
  ]);
  if (!row) throw notFound("import");
  return toImport(row, counts, locale);
}
