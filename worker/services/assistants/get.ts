import type { TenantContext } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Assistant, selectAssistants, toAssistant, visibleTo } from "./assistant.ts";

/** One assistant. Throws `not_found`. */
export async function getAssistant(ctx: TenantContext, id: string): Promise<Assistant> {
  requirePermission(ctx, "assistants.read");
  const [[row]] = await ctx.db.transaction((q) => [selectAssistants(q).where(visibleTo(ctx, id))]);
  if (!row) throw notFound("assistant");
  return toAssistant(ctx, row);
}
