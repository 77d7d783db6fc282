import { and, count, eq, inArray, isNull } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { collections } from "../../db/schema/collections.ts";
import { imports, importUploads } from "../../db/schema/imports.ts";
import { AppError, notFound } from "../../errors.ts";
import { PLANS, type Plan } from "../usage/plans.ts";
import { selectPlan } from "../usage/select-plan.ts";

/** Imports of a tenant that may be under way, and archives that may be on their way: neither counts as stored. */
const MAX_OPEN_IMPORTS = 100;
const MAX_OPEN_UPLOADS = 10;

/**
 * What a collection may be sent at once, or any (`null`). Throws `not_found` (the collection) and `conflict` when too much
 * is under way already.
 */
export async function requireImportRoom(
  ctx: TenantContext,
  collectionId: string | null,
): Promise<Pick<Plan, "maxFileBytes" | "maxImportBytes">> {
  const [[plan], [collection], [open], [uploads]] = await ctx.db.transaction((q) => [
    selectPlan(q),
    q
      .select({ id: collections.id })
      .from(collections)
      .where(
        and(
          collectionId === null ? undefined : eq(collections.id, collectionId),
          isNull(collections.deleted_at),
        ),
      )
      .limit(1),
    q
      .select({ number: count() })
      .from(imports)
      .where(inArray(imports.state, ["listing", "running"])),
    q.select({ number: count() }).from(importUploads),
  ]);
  if (!collection && collectionId !== null) throw notFound("collection");
  if ((open?.number ?? 0) >= MAX_OPEN_IMPORTS) {
    throw new AppError("conflict", `${MAX_OPEN_IMPORTS} imports are under way. Wait until some are done.`);
  }
  if ((uploads?.number ?? 0) >= MAX_OPEN_UPLOADS) {
    throw new AppError(
      "conflict",
      `${MAX_OPEN_UPLOADS} archives are being uploaded. Complete or delete some.`,
    );
  }
  const { maxFileBytes, maxImportBytes } = PLANS[plan?.name ?? "free"];
  return { maxFileBytes, maxImportBytes };
}

/** The error for more bytes than the plan takes at once. */
export function importTooLarge(maxImportBytes: number): AppError {
  return new AppError("too_large", `An import may have ${maxImportBytes / 2 ** 20} MiB; this one is larger.`);
}
