import { and, eq, isNull, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { type ParsedPage, ParseFailure } from "../../ports/document-parser.ts";
import { IngestFailure } from "../../services/documents/failure.ts";
import { monthOf } from "../../services/usage/period.ts";
import { PLANS } from "../../services/usage/plans.ts";
import { reserveUsage } from "../../services/usage/reserve.ts";
import { renewLease } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/** Pages written in one transaction: progress moves this often. */
const PAGES_PER_WRITE = 16;
/** Pages read for one message, so that no message holds a Worker for long. */
const PAGES_PER_SLICE = 160;

/** Pages a document may have: what a scan of the whole text, held at once by the chunker, can afford. */
const MAX_PAGES = 3_000;

/** Reads the next slice of pages. Returns whether the document has been read to its end. */
export async function parseSlice(ctx: TenantContext, document: IngestDocument): Promise<"done" | "more"> {
  const file = await ctx.files.get(document.storage_key);
  if (!file) throw new IngestFailure("file_missing", `no object ${document.storage_key}`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parsed = await ctx.parser.open({ bytes, filename: document.filename });
  try {
    await recordPageCount(ctx, document, parsed.pagesTotal, parsed.mediaType);
    const from = document.pages_done + 1;
    const last = Math.min(parsed.pagesTotal, from + PAGES_PER_SLICE - 1);
    let batch: ParsedPage[] = [];
    for await (const page of parsed.pages(from)) {
      batch.push(page);
      const atEnd = page.number >= last;
      if (batch.length >= PAGES_PER_WRITE || atEnd) {
        await writePages(ctx, document, batch);
        batch = [];
      }
      if (atEnd) break;
    }
    if (last < parsed.pagesTotal) return "more";
    const warnings = parsed.warnings();
    await ctx.db.transaction((q) => [
      q.update(documents).set({ warnings, updated_at: sql`now()` }).where(eq(documents.id, document.id)),
      renewLease(q, document.id),
    ]);
    return "done";
  } finally {
    await parsed.close();
  }
}

/** Once a version: the pages count against the month's quota in the transaction that records them. */
async function recordPageCount(
  ctx: TenantContext,
  document: IngestDocument,
  pagesTotal: number,
  mediaType: string,
): Promise<void> {
  if (document.pages_total !== null) return;
  if (pagesTotal > MAX_PAGES) throw new ParseFailure("too_large", `${pagesTotal} pages`);
  const uncounted = and(eq(documents.id, document.id), isNull(documents.pages_total));
  await ctx.db.transaction((q) => [
    q
      .select({
        used: reserveUsage({
          period: monthOf(new Date()),
          metric: "pages",
          amount: pagesTotal,
          limit: PLANS.free.limits.pages,
        }),
      })
      .from(documents)
      .where(uncounted),
    q
      .update(documents)
      .set({
        status: "processing",
        pages_total: pagesTotal,
        media_type: mediaType,
        updated_at: sql`now()`,
      })
      .where(uncounted),
    renewLease(q, document.id),
  ]);
}

async function writePages(ctx: TenantContext, document: IngestDocument, pages: ParsedPage[]): Promise<void> {
  const rows = pages.map((page) => ({
    ...page,
    tenant_id: ctx.tenantId,
    document_id: document.id,
    version: document.version,
  }));
  const done = pages.at(-1)?.number ?? 0;
  await ctx.db.transaction((q) => [
    q.insert(documentPages).values(rows).onConflictDoNothing(),
    q
      .update(documents)
      .set({ pages_done: sql`greatest(${documents.pages_done}, ${done})`, updated_at: sql`now()` })
      .where(and(eq(documents.id, document.id), eq(documents.version, document.version))),
    renewLease(q, document.id),
  ]);
}
