import { and, inArray } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { collections } from "../../db/schema/collections.ts";
import { notFound } from "../../errors.ts";
import { alive } from "../collections/collection.ts";

/** Throws `not_found` unless every id is a collection of this tenant. */
export async function requireCollections(ctx: TenantContext, ids: string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  const [found] = await ctx.db.transaction((q) => [livingCollections(q, wanted)]);
  if (found.length < wanted.length) throw notFound("collection");
}

/** The statement that finds which of these are collections of this tenant. */
export function livingCollections(q: Database, ids: string[]) {
  return q
    .select({ id: collections.id })
    .from(collections)
    .where(and(inArray(collections.id, ids), alive));
}
