import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import type { PageReport } from "../../ports/document-parser.ts";
import { requirePermission } from "../access/permissions.ts";
import { visible } from "./document.ts";

type PageRow = typeof documentPages.$inferSelect;

/** Characters of a page by which it is told from others in a list. */
const HEAD_CHARACTERS = 160;

export type ReportedPage = Pick<PageRow, "number" | "kind" | "label"> & {
  /** How its text begins. */
  head: string;
  report: PageReport | null;
};

/** Counts over all pages read so far. */
export type ReportTotals = {
  pages: number;
  characters: number;
  /** Pages with glyphs that mean nothing. */
  garbled: number;
  scanned: number;
  without_text: number;
  tables: number;
  dropped: Record<string, number>;
  /** Pages read before reports were kept: the other figures know nothing of them. */
  unreported: number;
};

export type DocumentReport = {
  document_id: string;
  version: number;
  pages_total: number | null;
  totals: ReportTotals;
  data: ReportedPage[];
  /** The number after which to go on; null: there are no more pages. */
  next_after: number | null;
};

/**
 * What reading a version met, of the version asked for or else the current one: totals, and the pages after number
 * `page.after`. Throws `not_found`.
 */
export async function readReport(
  ctx: TenantContext,
  id: string,
  version: number | undefined,
  page: { limit: number; after: number },
): Promise<DocumentReport> {
  requirePermission(ctx, "library.read");
  const ofVersion = and(
    eq(documentPages.document_id, id),
    eq(documentPages.version, version ?? sql`(select version from documents where id = ${id})`),
  );
  const [[document], [totals], rows] = await ctx.db.transaction((q) => [
    q
      .select({ version: documents.version, pages_total: documents.pages_total })
      .from(documents)
      .where(and(eq(documents.id, id), visible)),
    q.select(sums(ofVersion)).from(documentPages).where(ofVersion),
    q
      .select({
        number: documentPages.number,
        kind: documentPages.kind,
        label: documentPages.label,
        head: sql<string>`left(${documentPages.text}, ${HEAD_CHARACTERS}::int)`,
        report: documentPages.report,
      })
      .from(documentPages)
      .where(and(ofVersion, gt(documentPages.number, page.after)))
      .orderBy(asc(documentPages.number))
      .limit(page.limit + 1),
  ]);
  if (!document || !totals) throw notFound("document");
  const isCurrent = version === undefined || version === document.version;
  if (!isCurrent && totals.pages === 0) throw notFound("version");
  const data = rows.slice(0, page.limit);
  return {
    document_id: id,
    version: version ?? document.version,
    pages_total: isCurrent ? document.pages_total : totals.pages,
    totals,
    data,
    next_after: rows.length > page.limit ? (data.at(-1)?.number ?? null) : null,
  };
}

function sums(ofVersion: SQL | undefined) {
  const { report, text } = documentPages;
  const count = (condition: SQL) => sql<number>`count(*) filter (where ${condition})`.mapWith(Number);
  const sum = (value: SQL) => sql<number>`coalesce(sum(${value}), 0)`.mapWith(Number);
  return {
    pages: sql<number>`count(*)`.mapWith(Number),
    characters: sum(sql`(${report} ->> 'characters')::int`),
    garbled: count(sql`(${report} ->> 'garbled')::float > 0`),
    scanned: count(sql`(${report} ->> 'scanned')::boolean`),
    without_text: count(sql`${text} = ''`),
    tables: sum(sql`(${report} ->> 'tables')::int`),
    dropped: sql<Record<string, number>>`(
      select coalesce(jsonb_object_agg(met.what, met.times), '{}') from (
        select each.key as what, sum(each.value::int) as times
        from document_pages, jsonb_each_text(document_pages.report -> 'dropped') as each
        where ${ofVersion} group by each.key
      ) as met)`,
    unreported: count(sql`${report} is null`),
  };
}
