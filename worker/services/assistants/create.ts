import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { quotaError, reserveUsage } from "../usage/reserve.ts";
import type { Assistant, AssistantInput } from "./assistant.ts";
import { getAssistant } from "./get.ts";
import { replaceCollections } from "./replace-collections.ts";
import { requireCollections } from "./require-collections.ts";

/** Adds an assistant over some collections. Throws `not_found` (a collection), `quota_exceeded`. */
export async function createAssistant(ctx: TenantContext, input: AssistantInput): Promise<Assistant> {
  requirePermission(ctx, "assistants.manage");
  const { collection_ids, ...fields } = input;
  await requireCollections(ctx, collection_ids);
  const id = crypto.randomUUID();
  await ctx.db
    .transaction((q) => [
      q.execute(sql`select ${reserveUsage({ metric: "assistants", id, amount: 1 })}`),
      q.insert(assistants).values({ id, tenant_id: ctx.tenantId, ...fields }),
      ...replaceCollections(q, ctx.tenantId, id, collection_ids),
      recordAudit(q, ctx, { action: "assistant.created", targetId: id }),
    ])
    .catch((error: unknown) => {
      throw quotaError(error);
    });
  return getAssistant(ctx, id);
}
