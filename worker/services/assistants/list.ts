import { and } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { requirePermission } from "../access/permissions.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";
import { type Assistant, selectAssistants, toAssistant, visibleTo } from "./assistant.ts";

const ORDER = { at: assistants.created_at, id: assistants.id };

/** The tenant's assistants, newest first. */
export async function listAssistants(ctx: TenantContext, page: PageRequest): Promise<Page<Assistant>> {
  requirePermission(ctx, "assistants.read");
  const [rows] = await ctx.db.transaction((q) => [
    selectAssistants(q)
      .where(and(visibleTo(ctx), afterCursor(ORDER, page.cursor)))
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1),
  ]);
  const shown = rows.map((row) => toAssistant(ctx, row));
  return toPage(shown, page.limit, ({ created_at, id }) => ({ at: created_at, id }));
}
