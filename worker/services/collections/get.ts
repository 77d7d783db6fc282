import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { alive, type Collection, selectCollections, toCollection } from "./collection.ts";

/** One collection. Throws `not_found`. */
export async function getCollection(ctx: TenantContext, id: string): Promise<Collection> {
  requirePermission(ctx, "library.read");
  const [[found]] = await ctx.db.transaction((q) => [
    selectCollections(q).where(and(eq(collections.id, id), alive)),
  ]);
  if (!found) throw notFound("collection");
  return toCollection(found.row, found.documentsCount);
}
