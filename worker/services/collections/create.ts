import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Collection, toCollection } from "./collection.ts";

/** Adds an empty collection. */
export async function createCollection(
  ctx: TenantContext,
  input: { name: string; description: string },
): Promise<Collection> {
  requirePermission(ctx, "library.write");
  const id = crypto.randomUUID();
  const [[row]] = await ctx.db.transaction((q) => [
    q
      .insert(collections)
      .values({ id, tenant_id: ctx.tenantId, ...input })
      .returning(),
  ]);
  if (!row) throw new Error("insert returned no row");
  return toCollection(row, 0);
}
