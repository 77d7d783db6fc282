import type { TenantContext } from "../../context.ts";
import { apiKeys } from "../../db/schema/api-keys.ts";
import { requirePermission } from "../access/permissions.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";
import { type ApiKey, SHOWN } from "./api-key.ts";

const ORDER = { at: apiKeys.created_at, id: apiKeys.id };

/** The tenant's keys, revoked ones too, newest first. */
export async function listApiKeys(ctx: TenantContext, page: PageRequest): Promise<Page<ApiKey>> {
  requirePermission(ctx, "api_keys.manage");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select(SHOWN)
      .from(apiKeys)
      .where(afterCursor(ORDER, page.cursor))
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1),
  ]);
  return toPage(rows, page.limit, ({ created_at, id }) => ({ at: created_at, id }));
}
