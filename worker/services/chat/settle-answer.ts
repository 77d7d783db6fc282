import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { conversations, messages } from "../../db/schema/conversations.ts";
import { releaseUsage } from "../usage/reserve.ts";
import { actorId } from "./actor-id.ts";

/** Characters of a first question that name its conversation. */
const TITLE_CHARACTERS = 80;

export type SettledAnswer = Omit<typeof messages.$inferInsert, "tenant_id" | "created_at"> & {
  assistant_id: string;
};

/** Keeps an answer, whole or partial, with its conversation. A failed one gives its reservation back. */
export async function settleAnswer(ctx: TenantContext, answer: SettledAnswer, period: string): Promise<void> {
  const { assistant_id, ...message } = answer;
  await ctx.db.transaction((q) => [
    q
      .insert(conversations)
      .values({
        id: message.conversation_id,
        tenant_id: ctx.tenantId,
        assistant_id,
        user_id: actorId(ctx),
        title: message.question.replace(/\s+/g, " ").trim().slice(0, TITLE_CHARACTERS),
      })
      .onConflictDoUpdate({ target: conversations.id, set: { updated_at: sql`now()` } }),
    q.insert(messages).values({ ...message, tenant_id: ctx.tenantId }),
    q.execute(
      message.status === "failed"
        ? sql`select ${releaseUsage({ period, metric: "questions", amount: 1 })}`
        : sql`select 1`,
    ),
  ]);
}
