import { and, ilike } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { conversations } from "../../db/schema/conversations.ts";
import { requirePermission } from "../access/permissions.ts";
import { getAssistant } from "../assistants/get.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";
import { mine } from "./mine.ts";

const ORDER = { at: conversations.updated_at, id: conversations.id };

export type Conversation = Pick<
  typeof conversations.$inferSelect,
  "id" | "assistant_id" | "title" | "created_at" | "updated_at"
>;

/** The caller's conversations with an assistant, or with all of them, the last used first. Throws `not_found`. */
export async function listConversations(
  ctx: TenantContext,
  input: { assistantId?: string; q?: string },
  page: PageRequest,
): Promise<Page<Conversation>> {
  requirePermission(ctx, "chat");
  if (input.assistantId) await getAssistant(ctx, input.assistantId);
  const title = input.q ? ilike(conversations.title, `%${input.q.replace(/[\\%_]/g, "\\$&")}%`) : undefined;
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({
        id: conversations.id,
        assistant_id: conversations.assistant_id,
        title: conversations.title,
        created_at: conversations.created_at,
        updated_at: conversations.updated_at,
      })
      .from(conversations)
      .where(and(mine(ctx, input.assistantId), title, afterCursor(ORDER, page.cursor)))
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1),
  ]);
  return toPage(rows, page.limit, ({ updated_at, id }) => ({ at: updated_at, id }));
}
