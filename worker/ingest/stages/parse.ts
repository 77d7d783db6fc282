import { and, eq, isNull, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { type ParsedDocument, ParseFailure, type ReadPage } from "../../ports/document-parser.ts";
import { IngestFailure } from "../../services/documents/failure.ts";
import { pagesReservation, reserveUsage } from "../../services/usage/reserve.ts";
import { takeRoom } from "../file-room.ts";
import { holdJob } from "../lease.ts";
import { openOriginal } from "../open-original.ts";
import type { IngestDocument } from "./load.ts";
import { mergeWarnings } from "./merge-warnings.ts";

/** Pages written in one transaction: progress moves this often. */
const PAGES_PER_WRITE = 16;
/** Pages read for one message, so that no message holds a Worker for long. */
const PAGES_PER_SLICE = 250;
/** Pages a document may have: what its chunks cost to embed, and an hour's work. */
const MAX_PAGES = 3_000;

/**
 * Reads the next slice of pages. Returns whether the document has been read to its end, or "full" when nothing was read
 * because the isolate is at other files.
 */
export async function parseSlice(
  ctx: TenantContext,
  document: IngestDocument,
): Promise<"done" | "more" | "full"> {
  const leaveRoom = takeRoom(document.id, document.size_bytes);
  if (!leaveRoom) return "full";
  try {
    return await readSlice(ctx, document);
  } finally {
    leaveRoom();
  }
}

async function readSlice(ctx: TenantContext, document: IngestDocument): Promise<"done" | "more"> {
  const source = openOriginal(ctx, document);
  const parsed = await readable(ctx.parser.open({ source, filename: document.filename }));
  try {
    await recordPageCount(ctx, document, parsed);
    const from = document.pages_done + 1;
    const last = Math.min(parsed.pagesTotal, from + PAGES_PER_SLICE - 1);
    const pages = parsed.pages(from)[Symbol.asyncIterator]();
    let batch: ReadPage[] = [];
    for (;;) {
      const { value: page, done } = await readable(pages.next());
      if (page) batch.push(page);
      const atEnd = done || (page?.number ?? 0) >= last;
      if (batch.length >= PAGES_PER_WRITE || (atEnd && batch.length > 0)) {
        // Warnings go with the pages they are about: what comes after may never run.
        document.warnings = mergeWarnings(document.warnings, parsed.warnings());
        await writePages(ctx, document, batch);
        batch = [];
      }
      // The iterator is asked once more after the last page: only then does it say that there was no text at all.
      if (done || (atEnd && last < parsed.pagesTotal)) break;
    }
    return last < parsed.pagesTotal ? "more" : "done";
  } finally {
    await parsed.close();
  }
}

/**
 * A parser that breaks in a way it has no reason for was given a file that it can't read, unless it was the file that
 * couldn't be had.
 */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ParseFailure || error instanceof IngestFailure) throw error;
    throw new ParseFailure("corrupt", `the parser broke: ${String(error)}`, { cause: error });
  }
}

/** Once a version: the pages count against the month's quota in the transaction that records them. */
async function recordPageCount(
  ctx: TenantContext,
  document: IngestDocument,
  { pagesTotal, mediaType }: ParsedDocument,
): Promise<void> {
  if (document.pages_total !== null) return;
  if (pagesTotal > MAX_PAGES) throw new ParseFailure("too_large", `${pagesTotal} pages`);
  const uncounted = and(eq(documents.id, document.id), isNull(documents.pages_total));
  const used = reserveUsage({ metric: "pages", id: pagesReservation(document), amount: pagesTotal });
  await ctx.db.transaction((q) => [
    holdJob(q, document),
    q.select({ used }).from(documents).where(uncounted),
    q
      .update(documents)
      .set({ status: "processing", pages_total: pagesTotal, media_type: mediaType, updated_at: sql`now()` })
      .where(uncounted),
  ]);
  document.pages_total = pagesTotal;
}

async function writePages(ctx: TenantContext, document: IngestDocument, pages: ReadPage[]): Promise<void> {
  const rows = pages.map((page) => ({
    ...page,
    tenant_id: ctx.tenantId,
    document_id: document.id,
    version: document.version,
  }));
  const done = pages.at(-1)?.number ?? 0;
  await ctx.db.transaction((q) => [
    holdJob(q, document),
    q.insert(documentPages).values(rows).onConflictDoNothing(),
    q
      .update(documents)
      .set({
        pages_done: sql`greatest(${documents.pages_done}, ${done})`,
        warnings: document.warnings,
        updated_at: sql`now()`,
      })
      .where(eq(documents.id, document.id)),
  ]);
}
