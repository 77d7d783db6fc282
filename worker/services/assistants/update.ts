import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { type Assistant, type AssistantInput, visibleTo } from "./assistant.ts";
import { getAssistant } from "./get.ts";
import { replaceCollections } from "./replace-collections.ts";
import { requireCollections } from "./require-collections.ts";

/** Changes what is given and leaves the rest. Throws `not_found` (the assistant or a collection). */
export async function updateAssistant(
  ctx: TenantContext,
  id: string,
  input: Partial<AssistantInput>,
): Promise<Assistant> {
  requirePermission(ctx, "assistants.manage");
  const { collection_ids, ...fields } = input;
  await getAssistant(ctx, id);
  await requireCollections(ctx, collection_ids ?? []);
  await ctx.db.transaction((q) => [
    q
      .update(assistants)
      .set({ ...fields, updated_at: sql`now()` })
      .where(visibleTo(ctx, id)),
    ...(collection_ids ? replaceCollections(q, ctx.tenantId, id, collection_ids) : []),
    recordAudit(
      q,
      ctx,
      { action: "assistant.changed", targetId: id, detail: { fields: Object.keys(input) } },
      sql`exists (select 1 from assistants where id = ${id} and deleted_at is null)`,
    ),
  ]);
  return getAssistant(ctx, id);
}
