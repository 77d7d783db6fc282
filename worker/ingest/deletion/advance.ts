import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { documents } from "../../db/schema/documents.ts";
import type { Receipt } from "../../services/deletions/deletion.ts";
import { addFigures, type Counts, expectAll, readBack, remaining } from "../../services/deletions/figures.ts";
import { isSuperseded } from "../lease.ts";
import { abortUploads, countArchives, removeArchives } from "./archives.ts";
import { assistantParts, collectionParts } from "./parts.ts";
import {
  claimDeletion,
  complete,
  holdDeletion,
  keepExpected,
  keepFound,
  mayStillArrive,
  nextLook,
  releaseDeletion,
  StillThere,
} from "./receipt.ts";
import { countRows, type Hold, removeRows } from "./rows.ts";
import { eraseTenant, tenantCounts } from "./tenant.ts";

/**
 * One message's worth of the deletion of a collection, an assistant or a tenant: *claim → count → remove → read back*,
 * as `purgeDocument` does it for one document. Documents that go with it are jobs of their own; what they hang on is
 * removed after the last of them. What isn't gone yet is looked at again when the last document or the sweep says so.
 *
 * @throws whatever a store threw
 */
export async function advanceDeletion(ctx: TenantContext, id: string): Promise<void> {
  const receipt = await claimDeletion(ctx, id);
  if (!receipt) return;
  try {
    await work(ctx, receipt);
  } catch (error) {
    if (isSuperseded(error)) return;
    const pending = error instanceof StillThere;
    await releaseDeletion(ctx, id, pending ? error.retryAfterSeconds : nextLook(receipt, 1));
    if (!pending) throw error;
  }
}

/** What is removed and counted for each subject, besides the documents. */
type Plan = { count(): Promise<Counts>; remove(hold: Hold, documentsLeft: number): Promise<void> };

function planOf(ctx: TenantContext, { subject, subject_id: id }: Receipt): Plan {
  switch (subject) {
    case "assistant": {
      const parts = assistantParts(id);
      return {
        count: async () => ({ vectors: 0, objects: 0, rows: await countRows(ctx, parts) }),
        remove: (hold) => removeRows(ctx, parts, hold),
      };
    }
    case "collection": {
      const parts = collectionParts(id);
      const own = sql`collection_id = ${id}`;
      return {
        count: async () => ({
          vectors: 0,
          objects: await countArchives(ctx, own),
          rows: await countRows(ctx, parts),
        }),
        async remove(hold, documentsLeft) {
          await abortUploads(ctx, own);
          await removeArchives(ctx, own);
          if (documentsLeft === 0) await removeRows(ctx, parts, hold);
        },
      };
    }
    case "tenant":
      return { count: () => tenantCounts(ctx), remove: (hold, left) => eraseTenant(ctx, hold, left) };
    case "document":
      throw new Error(`the deletion of document ${id} is no job of its own`);
  }
}

async function work(ctx: TenantContext, receipt: Receipt): Promise<void> {
  const { id } = receipt;
  const hold = holdDeletion(id);
  const plan = planOf(ctx, receipt);
  // What came since the last look is counted before it is removed.
  const expected = receipt.figures
    ? readBack(receipt.figures, await plan.count())
    : await countOnce(ctx, id, await plan.count(), hold);
  await ctx.db.transaction((q) => [hold(q), keepFound(q, id, expected)]);
  await plan.remove(hold, await countDocuments(ctx, receipt));
  const [documentsLeft, counts] = [await countDocuments(ctx, receipt), await plan.count()];
  const found = readBack(expected, counts);
  const left = remaining(found) + documentsLeft;
  if (left > 0 || mayStillArrive(receipt)) {
    await ctx.db.transaction((q) => [hold(q), keepFound(q, id, found)]);
    throw new StillThere(left, nextLook(receipt, left));
  }
  const [parts] = await ctx.db.transaction((q) => [
    q
      .select({ figures: deletionReceipts.figures })
      .from(deletionReceipts)
      .where(and(eq(deletionReceipts.parent_id, id), isNotNull(deletionReceipts.completed_at))),
  ]);
  const total = addFigures([found, ...parts.map(({ figures }) => figures)]) ?? found;
  await ctx.db.transaction((q) => [hold(q), complete(q, id, total)]);
}

async function countOnce(ctx: TenantContext, id: string, counts: Counts, hold: Hold) {
  const [, , [row]] = await ctx.db.transaction((q) => [
    hold(q),
    keepExpected(q, id, { figures: expectAll(counts) }),
    q.select({ figures: deletionReceipts.figures }).from(deletionReceipts).where(eq(deletionReceipts.id, id)),
  ]);
  return row?.figures ?? expectAll(counts);
}

/** Documents that have yet to be purged: of the collection, of the tenant, or deleted together with these. */
async function countDocuments(ctx: TenantContext, { id, subject, subject_id }: Receipt): Promise<number> {
  if (subject === "assistant") return 0;
  const inside = subject === "collection" ? eq(documents.collection_id, subject_id) : undefined;
  const [stored, parts] = await ctx.db.transaction((q) => [
    q
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(documents)
      .where(inside),
    q
      .select({ count: sql<number>`count(*)`.mapWith(Number) })
      .from(deletionReceipts)
      .where(and(eq(deletionReceipts.parent_id, id), isNull(deletionReceipts.completed_at))),
  ]);
  return Math.max(stored[0]?.count ?? 0, parts[0]?.count ?? 0);
}
