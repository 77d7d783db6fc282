import { and, eq, isNull, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { TenantContext } from "../../context.ts";
import { type DeletionFigures, deletionReceipts } from "../../db/schema/deletions.ts";
import { documents } from "../../db/schema/documents.ts";
import type { Receipt } from "../../services/deletions/deletion.ts";
import { enqueueDeletion } from "../../services/deletions/enqueue.ts";
import { type Counts, expectAll, readBack, remaining } from "../../services/deletions/figures.ts";
import { recordReceipts } from "../../services/documents/purge-request.ts";
import { documentPrefix } from "../../services/documents/storage-key.ts";
import { forgetAnswers } from "../../services/idempotency/forget-answers.ts";
import { bytesReservation, releaseUsage } from "../../services/usage/reserve.ts";
import { spendPages } from "../../services/usage/spend-pages.ts";
import { countMentions, removeMentions } from "../deletion/mentions.ts";
import { countObjects, removeObjects } from "../deletion/objects.ts";
import { documentParts } from "../deletion/parts.ts";
import {
  complete,
  keepExpected,
  keepFound,
  mayStillArrive,
  nextLook,
  StillThere,
} from "../deletion/receipt.ts";
import { countRows, type Hold, removeRows } from "../deletion/rows.ts";
import { holdJob } from "../lease.ts";
import { countChunks, findVectors, removeVectors } from "./delete-vectors.ts";
import type { IngestDocument } from "./load.ts";

/**
 * Removes a document everywhere and proves it: counts what is there, removes vectors, files and rows, reads each store
 * back. Every step may be done twice. It is complete, and the document's own row and job gone, when nothing is shown any
 * more and nobody can write any more; until then `StillThere` says when to look again. What a late writer or a slow
 * store brings up is counted and removed by the next round.
 */
export async function purgeDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  const hold: Hold = (q) => holdJob(q, document, "purge");
  const receipt = await readReceipt(ctx, document, hold);
  const { id, figures, chunk_counts: chunks } = await counted(ctx, document, receipt, hold);
  if (!figures || !chunks) throw new Error(`deletion ${id} was not counted`);
  const mostVectors = Object.values(chunks).reduce((sum, count) => sum + count, 0);
  const look = async (before: DeletionFigures) => {
    const shown = await findVectors(ctx, document.id, chunks, hold);
    return readBack(before, await countAll(ctx, document, shown), mostVectors);
  };
  // What came since the last look is counted before it is removed.
  const expected = receipt.figures ? await look(figures) : figures;
  await ctx.db.transaction((q) => [hold(q), keepFound(q, id, expected)]);

  await removeVectors(ctx, document.id, chunks, hold);
  await removeObjects(ctx, documentPrefix(ctx.tenantId, document.id));
  await giveBack(ctx, document, hold);
  await removeMentions(ctx, document.id, hold);
  await removeRows(ctx, documentParts(document.id), hold);

  const found = await look(expected);
  const left = remaining(found) - 1;
  if (left > 0 || mayStillArrive(receipt)) {
    await ctx.db.transaction((q) => [hold(q), keepFound(q, id, found)]);
    throw new StillThere(left, nextLook(receipt, left));
  }
  const nothing = readBack(found, { vectors: 0, objects: 0, rows: {} });
  await ctx.db.transaction((q) => [
    hold(q),
    complete(q, id, nothing),
    // Its job goes with it.
    q.delete(documents).where(eq(documents.id, document.id)),
  ]);
  await tellParent(ctx, receipt);
}

/** The open receipt of a document's deletion; made here for one that was asked for without. */
async function readReceipt(ctx: TenantContext, document: IngestDocument, hold: Hold): Promise<Receipt> {
  const open = and(eq(deletionReceipts.subject_id, document.id), isNull(deletionReceipts.completed_at));
  const [, , [receipt]] = await ctx.db.transaction((q) => [
    hold(q),
    recordReceipts(q, ctx, eq(documents.id, document.id)),
    q.select().from(deletionReceipts).where(open),
  ]);
  if (!receipt) throw new Error(`no receipt for document ${document.id}`);
  return receipt;
}

/** The receipt with what is to be removed; counted now if that wasn't done, as long as nothing was removed. */
async function counted(
  ctx: TenantContext,
  document: IngestDocument,
  receipt: Receipt,
  hold: Hold,
): Promise<Receipt> {
  if (receipt.figures) return receipt;
  const { chunks, indexed } = await countChunks(ctx, document);
  const shown = await findVectors(ctx, document.id, chunks, hold);
  // What the store acknowledged may not be shown yet.
  const counts = await countAll(ctx, document, new Set([...indexed, ...shown]));
  const [, , [kept]] = await ctx.db.transaction((q) => [
    hold(q),
    keepExpected(q, receipt.id, { figures: expectAll(counts), chunk_counts: chunks }),
    q.select().from(deletionReceipts).where(eq(deletionReceipts.id, receipt.id)),
  ]);
  return kept ?? receipt;
}

async function countAll(
  ctx: TenantContext,
  { id }: IngestDocument,
  vectors: Iterable<string>,
): Promise<Counts> {
  const own = { table: "documents", where: sql`id = ${id}` };
  return {
    vectors: [...vectors].length,
    objects: await countObjects(ctx, documentPrefix(ctx.tenantId, id)),
    rows: { ...(await countRows(ctx, [...documentParts(id), own])), ...(await countMentions(ctx, id)) },
  };
}

/**
 * Gives back what it held of the plan, once, as soon as its files are gone and while its versions still tell which they
 * were; drops answers kept since it was hidden.
 */
async function giveBack(ctx: TenantContext, document: IngestDocument, hold: Hold): Promise<void> {
  await ctx.db.transaction((q) => [
    hold(q),
    // Pages that were read are spent, whether or not they were published.
    spendPages(q, document),
    q.execute(sql`select ${releaseUsage("documents", document.id)}`),
    q.execute(sql`select ${releaseUsage("storage_bytes", bytesReservation({ storage_key: sql`storage_key` }))}
      from (select distinct storage_key from document_versions where document_id = ${document.id}) files`),
    forgetAnswers(q),
  ]);
}

/** Wakes the deletion that this was the last part of. */
async function tellParent(ctx: TenantContext, { parent_id: parent }: Receipt): Promise<void> {
  if (!parent) return;
  const part = alias(deletionReceipts, "part");
  const [waiting] = await ctx.db.transaction((q) => [
    q
      .select({ id: deletionReceipts.id })
      .from(deletionReceipts)
      .where(
        and(
          eq(deletionReceipts.id, parent),
          isNull(deletionReceipts.completed_at),
          notExists(
            q
              .select({ one: sql`1` })
              .from(part)
              .where(and(eq(part.parent_id, parent), isNull(part.completed_at))),
          ),
        ),
      ),
  ]);
  if (waiting.length > 0) await enqueueDeletion(ctx, parent);
}
