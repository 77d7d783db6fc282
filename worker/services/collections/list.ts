import { and } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { requirePermission } from "../access/permissions.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";
import { alive, type Collection, selectCollections, toCollection } from "./collection.ts";

const ORDER = { at: collections.created_at, id: collections.id };

/** The tenant's collections, newest first. */
export async function listCollections(ctx: TenantContext, page: PageRequest): Promise<Page<Collection>> {
  requirePermission(ctx, "library.read");
  const [rows] = await ctx.db.transaction((q) => [
    selectCollections(q)
      .where(and(alive, afterCursor(ORDER, page.cursor)))
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1),
  ]);
  const found = rows.map(({ row, documentsCount }) => toCollection(row, documentsCount));
  return toPage(found, page.limit, ({ created_at, id }) => ({ at: created_at, id }));
}
