import { and, eq, isNull } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { requirePermission } from "../access/permissions.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";
import { type Deletion, selectParts, toDeletion } from "./deletion.ts";

const ORDER = { at: deletionReceipts.requested_at, id: deletionReceipts.id };

export type DeletionFilter = {
  /** The parts of this deletion; without either, what is part of no other. */
  parent_id?: string;
  /** The deletion of this document, collection or assistant, whatever it is part of. */
  subject_id?: string;
};

/** The tenant's deletions, newest first. */
export async function listDeletions(
  ctx: TenantContext,
  filter: DeletionFilter,
  page: PageRequest,
): Promise<Page<Deletion>> {
  requirePermission(ctx, "library.read");
  const { parent_id, subject_id } = filter;
  const subject = subject_id ? eq(deletionReceipts.subject_id, subject_id) : undefined;
  const whole = subject ? undefined : isNull(deletionReceipts.parent_id);
  const part = parent_id ? eq(deletionReceipts.parent_id, parent_id) : whole;
  const which = and(part, subject, afterCursor(ORDER, page.cursor));
  const [rows, parts] = await ctx.db.transaction((q) => {
    const found = q
      .select()
      .from(deletionReceipts)
      .where(which)
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1);
    const purging = q
      .select({ id: deletionReceipts.id })
      .from(deletionReceipts)
      .where(and(which, isNull(deletionReceipts.completed_at)))
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1);
    return [found, selectParts(q, purging)];
  });
  const figuresOf = Map.groupBy(parts, (part) => part.parent_id);
  const found = rows.map((row) =>
    toDeletion(
      row,
      figuresOf.get(row.id)?.map(({ figures }) => figures),
    ),
  );
  return toPage(found, page.limit, ({ requested_at, id }) => ({ at: requested_at, id }));
}
