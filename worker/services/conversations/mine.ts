import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { actorId } from "../chat/actor-id.ts";

/** The caller's own conversations with one assistant; colleagues don't read each other's. */
export function mine(ctx: TenantContext, assistantId: string, conversationId?: string) {
  return and(
    eq(conversations.assistant_id, assistantId),
    eq(conversations.user_id, actorId(ctx)),
    conversationId ? eq(conversations.id, conversationId) : undefined,
    sql`exists (select 1 from assistants where id = ${conversations.assistant_id} and deleted_at is null)`,
  );
}
