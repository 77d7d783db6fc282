import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { visibleTo } from "../assistants/assistant.ts";
import { actorId } from "../chat/actor-id.ts";

/** The caller's own conversations with one assistant, or with all that they may see; colleagues don't read each other's. */
export function mine(ctx: TenantContext, assistantId?: string, conversationId?: string) {
  return and(
    assistantId ? eq(conversations.assistant_id, assistantId) : undefined,
    eq(conversations.user_id, actorId(ctx)),
    conversationId ? eq(conversations.id, conversationId) : undefined,
    sql`exists (select 1 from ${assistants}
      where ${assistants.id} = ${conversations.assistant_id} and ${visibleTo(ctx)})`,
  );
}
