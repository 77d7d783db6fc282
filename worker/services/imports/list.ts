import type { Locale, TenantContext } from "../../context.ts";
import { imports } from "../../db/schema/imports.ts";
import { requirePermission } from "../access/permissions.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";
import { type Import, selectCounts, toImport } from "./import.ts";

const ORDER = { at: imports.created_at, id: imports.id };

/** The tenant's imports, newest first. */
export async function listImports(
  ctx: TenantContext,
  page: PageRequest,
  locale: Locale,
): Promise<Page<Import>> {
  requirePermission(ctx, "library.read");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select()
      .from(imports)
      .where(afterCursor(ORDER, page.cursor))
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1),
  ]);
  const ids = rows.map(({ id }) => id);
  const [counts] = ids.length > 0 ? await ctx.db.transaction((q) => [selectCounts(q, ids)]) : [[]];
  const found = rows.map((row) => toImport(row, counts, locale));
  return toPage(found, page.limit, ({ created_at, id }) => ({ at: created_at, id }));
}
