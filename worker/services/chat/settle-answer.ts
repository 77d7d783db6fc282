import { type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { type Database, isDatabaseAway, postgresCode } from "../../db/client.ts";
import { conversations, messageSources, messages } from "../../db/schema/conversations.ts";
import { cutText } from "../cut-text.ts";
import { costNanos } from "../usage/prices.ts";
import { costFigures, recordUsage } from "../usage/record.ts";
import { releaseUsage, settleUsage } from "../usage/reserve.ts";
import { actorId } from "./actor-id.ts";

/** Characters of a first question that name its conversation. */
const TITLE_CHARACTERS = 80;

type Message = typeof messages.$inferInsert;

export type SettledAnswer = Omit<Message, "tenant_id" | "created_at" | "cost_nanos" | "counted"> & {
  assistant_id: string;
  /** Whether this is the conversation's first turn. */
  opens: boolean;
};

/** What settling found out for the receipt. */
export type Settlement = { counted: boolean; cost_nanos: number | null };

/** Postgres' code for a reference to a row that is gone. */
const FOREIGN_KEY_VIOLATION = "23503";

/**
 * Keeps an answer, whole or partial, with its conversation, and settles its reservation in the same transaction: a
 * failed one is given back, any other counts, and what it took is added to the day once, whichever happens.
 * One whose conversation or assistant was deleted meanwhile counts without being kept.
 */
export async function settleAnswer(ctx: TenantContext, answer: SettledAnswer): Promise<Settlement> {
  const cost_nanos = costOf(ctx, answer);
  const account = (q: Database) => accountFor(q, answer, cost_nanos);
  try {
    const [, settled] = await ctx.db.transaction((q) => [
      lockSources(q, answer),
      account(q),
      ...keep(q, ctx, answer, cost_nanos),
      ...keepSources(q, ctx, answer),
    ]);
    return { counted: answer.status !== "failed" && settled.rows.length > 0, cost_nanos };
  } catch (error) {
    // Whoever waits isn't kept longer by what will hardly pass; if it doesn't, the sweep gives back what is held.
    if (isDatabaseAway(error)) {
      ctx.background(ctx.db.rows(sql`select ${giveBack(answer)}`).catch(() => {}));
      throw error;
    }
    const unkept = postgresCode(error)?.code === FOREIGN_KEY_VIOLATION;
    await ctx.db.transaction((q) => [unkept ? account(q) : q.execute(sql`select ${giveBack(answer)}`)]);
    if (!unkept) throw error;
    return { counted: answer.status !== "failed", cost_nanos };
  }
}

/** What an answer cost, in billionths of a US dollar; null when a model of it has no known price. */
export function costOf(ctx: TenantContext, { model, usage }: SettledAnswer): number | null {
  const calls = [{ model: ctx.embeddings.name, input: usage.embedding_tokens }];
  const written = { input: usage.prompt_tokens, output: usage.completion_tokens };
  return costNanos(ctx.prices, model ? [...calls, { model, ...written }] : calls);
}

function giveBack({ id }: SettledAnswer): SQL<boolean> {
  return releaseUsage("questions", id);
}

/** The statement that settles an answer's reservation and adds what it took to the day, once. */
export function accountFor(q: Database, answer: SettledAnswer, nanos: number | null) {
  const { embedding_tokens, prompt_tokens, completion_tokens } = answer.usage;
  const failed = answer.status === "failed";
  const amounts = {
    questions: failed ? 0 : 1,
    embedding_tokens,
    prompt_tokens,
    completion_tokens,
    ...costFigures(nanos),
  };
  const first = failed ? giveBack(answer) : settleUsage("questions", answer.id);
  return q.execute(sql`select ${recordUsage(answer.assistant_id, amounts)} where ${first}`);
}

/**
 * Locked first: whoever deletes one of these waits and then finds this answer among those that quote it, or was first,
 * and then it is kept without the quote.
 */
function lockSources(q: Database, answer: SettledAnswer) {
  return q.execute(sql`
    select 1 from documents where id = any(${quoted(answer)}) order by id for share`);
}

function keepSources(q: Database, { tenantId }: TenantContext, answer: SettledAnswer) {
  const living = sql`select id from documents where id = any(${quoted(answer)}) and status <> 'deleting'`;
  const gone = sql`(select coalesce(array_agg(id), '{}') from unnest(${quoted(answer)}) as id where id not in (${living}))`;
  return [
    q.execute(sql`
      insert into ${messageSources} (tenant_id, document_id, message_id)
      select ${tenantId}::uuid, id, ${answer.id}::uuid from (${living}) as found`),
    q.execute(sql`
      update messages set sources = without_quotes(sources, ${gone}), citations = without_quotes(citations, ${gone})
      where id = ${answer.id} and ${gone} <> '{}'`),
  ] as const;
}

/** The documents that an answer's sources show. */
function quoted({ sources }: SettledAnswer): SQL {
  return sql`${`{${[...new Set(sources.map((source) => source.document_id))].join(",")}}`}::uuid[]`;
}

function keep(
  q: Database,
  ctx: TenantContext,
  { assistant_id, opens, ...message }: SettledAnswer,
  cost_nanos: number | null,
) {
  const row = {
    ...message,
    tenant_id: ctx.tenantId,
    question: message.question.toWellFormed(),
    answer: message.answer.toWellFormed(),
    // Not when the sweep gave it back before the answer was whole.
    counted: sql<boolean>`exists (
      select 1 from usage_reservations where id = ${message.id} and metric = 'questions' and state = 'settled')`,
    cost_nanos,
  };
  return [
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
  ] as const;
}
