import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { importEntries, imports } from "../../db/schema/imports.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { cursorOrdinal, type Page, type PageRequest, toPage } from "../keyset.ts";
import { entryColumns, type ImportEntry, ownDocument, shownState, toEntry } from "./entry.ts";
import type { EntryState } from "./entry-state.ts";

/** What an import holds, in its own order. Throws `not_found`. */
export async function listEntries(
  ctx: TenantContext,
  importId: string,
  state: EntryState | undefined,
  page: PageRequest,
  locale: Locale,
): Promise<Page<ImportEntry>> {
  requirePermission(ctx, "library.read");
  const [[known]] = await ctx.db.transaction((q) => [
    q.select({ id: imports.id }).from(imports).where(eq(imports.id, importId)),
  ]);
  if (!known) throw notFound("import");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select(entryColumns)
      .from(importEntries)
      .leftJoin(documents, ownDocument)
      .where(
        and(
          eq(importEntries.import_id, importId),
          afterOrdinal(page.cursor),
          state ? sql`${shownState} = ${state}` : undefined,
        ),
      )
      .orderBy(asc(importEntries.ordinal))
      .limit(page.limit + 1),
  ]);
  const { data, next_cursor } = toPage(rows, page.limit, ({ ordinal, id }) => ({
    at: new Date(ordinal),
    id,
  }));
  return { data: data.map((row) => toEntry(row, locale)), next_cursor };
}

function afterOrdinal(cursor: string | null): SQL | undefined {
  const ordinal = cursorOrdinal(cursor);
  return ordinal === null ? undefined : sql`${importEntries.ordinal} > ${ordinal}::bigint`;
}
