import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { postgresCode } from "../../db/client.ts";
import { conversations, messages } from "../../db/schema/conversations.ts";
import { cutText } from "../cut-text.ts";
import { releaseUsage } from "../usage/reserve.ts";
import { actorId } from "./actor-id.ts";

/** Characters of a first question that name its conversation. */
const TITLE_CHARACTERS = 80;

export type SettledAnswer = Omit<typeof messages.$inferInsert, "tenant_id" | "created_at"> & {
  assistant_id: string;
  /** Whether this is the conversation's first turn. */
  opens: boolean;
};

/** Postgres' code for a reference to a row that is gone. */
const FOREIGN_KEY_VIOLATION = "23503";

/**
 * Keeps an answer, whole or partial, with its conversation. A failed one gives its reservation back. One whose
 * conversation or assistant was deleted meanwhile is not kept.
 */
export async function settleAnswer(ctx: TenantContext, answer: SettledAnswer, period: string): Promise<void> {
  const release = sql`select ${releaseUsage({ period, metric: "questions", amount: sql`1` })}`;
  try {
    await keep(ctx, answer);
  } catch (error) {
    if (postgresCode(error)?.code === FOREIGN_KEY_VIOLATION) return;
    await ctx.db.rows(release);
    throw error;
  }
  if (answer.status === "failed") await ctx.db.rows(release);
}

async function keep(ctx: TenantContext, { assistant_id, opens, ...message }: SettledAnswer): Promise<void> {
  const row = {
    ...message,
    tenant_id: ctx.tenantId,
    question: message.question.toWellFormed(),
    answer: message.answer.toWellFormed(),
  };
  await ctx.db.transaction((q) => [
    opens
      ? q.insert(conversations).values({
          id: message.conversation_id,
          tenant_id: ctx.tenantId,
          assistant_id,
          user_id: actorId(ctx),
          title: cutText(row.question.replace(/\s+/g, " ").trim(), TITLE_CHARACTERS),
        })
      : q
          .update(conversations)
          .set({ updated_at: sql`now()` })
          .where(sql`${conversations.id} = ${message.conversation_id}`),
    q.insert(messages).values(row),
  ]);
}
