import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { type Hold, untilNothing } from "./rows.ts";

/** Answers from which quotes are taken in one transaction. */
const MESSAGES_PER_WRITE = 200;

/** Answers that still show something of a document, and entries of imports that still name its file. */
export async function countMentions(
  ctx: TenantContext,
  documentId: string,
): Promise<{ messages: number; import_entries: number }> {
  const [row] = await ctx.db.rows<{ messages: number; import_entries: number }>(sql`
    select (select count(*)::int from message_sources where document_id = ${documentId}) as messages,
      (select count(*)::int from import_entries where document_id = ${documentId} and name <> '') as import_entries`);
  return row ?? { messages: 0, import_entries: 0 };
}

/**
 * Takes what is quoted of a document out of answers, whose own text stays, and its file's name out of imports. A
 * citation's place stays and says that its source was deleted.
 */
export async function removeMentions(ctx: TenantContext, documentId: string, hold: Hold): Promise<void> {
  const ids = sql`array[${documentId}::uuid]`;
  await untilNothing(
    ctx,
    hold,
    sql`
      with quoting as (
        select message_id from message_sources where document_id = ${documentId} limit ${MESSAGES_PER_WRITE}
      ), cleared as (
        update messages set sources = without_quotes(sources, ${ids}), citations = without_quotes(citations, ${ids})
        where id in (select message_id from quoting)
      ), gone as (
        delete from message_sources
        where document_id = ${documentId} and message_id in (select message_id from quoting) returning 1
      )
      select count(*)::int as done from gone`,
  );
  await ctx.db.transaction((q) => [
    hold(q),
    q.execute(sql`
      update import_entries set name = '', folder = '', locator = '{}'
      where document_id = ${documentId} and name <> ''`),
  ]);
}
