import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { requirePermission } from "../access/permissions.ts";
import { alive, type Collection } from "./collection.ts";
import { getCollection } from "./get.ts";

/** Renames or describes a collection; what is left out stays. Throws `not_found`. */
export async function updateCollection(
  ctx: TenantContext,
  id: string,
  input: { name?: string; description?: string },
): Promise<Collection> {
  requirePermission(ctx, "library.write");
  await ctx.db.transaction((q) => [
    q
      .update(collections)
      .set({ ...input, updated_at: sql`now()` })
      .where(and(eq(collections.id, id), alive)),
  ]);
  return getCollection(ctx, id);
}
