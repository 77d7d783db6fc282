import { type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import type { Part } from "./parts.ts";

/** Rows removed by one transaction: the largest are vectors of some kilobytes. */
const ROWS_PER_WRITE = 2_000;

/** The statement that must begin every write of a deletion: renews its lease, or undoes the write when it has ended. */
export type Hold = (q: Database) => ReturnType<Database["execute"]>;

/** How many rows each part has now, by table. */
export async function countRows(ctx: TenantContext, parts: Part[]): Promise<Record<string, number>> {
  const counts = parts.map(
    ({ table, where }) => sql`${table}::text, (select count(*) from ${sql.identifier(table)} where ${where})`,
  );
  const [row] = await ctx.db.rows<{ counts: Record<string, number> }>(
    sql`select jsonb_build_object(${sql.join(counts, sql`, `)}) as counts`,
  );
  return row?.counts ?? {};
}

/** Removes the rows of each part in turn, a bounded number in a transaction. */
export async function removeRows(ctx: TenantContext, parts: Part[], hold: Hold): Promise<void> {
  for (const { table, where } of parts) {
    await untilNothing(ctx, hold, removal(sql.identifier(table), where));
  }
}

/** Repeats a statement that does a bounded number of rows, and says how many, until there are none left for it. */
export async function untilNothing(ctx: TenantContext, hold: Hold, statement: SQL): Promise<void> {
  for (;;) {
    const [, result] = await ctx.db.transaction((q) => [hold(q), q.execute<{ done: number }>(statement)]);
    if (Number(result.rows[0]?.done ?? 0) === 0) return;
  }
}

/** A bounded part of a table, taken by its rows' places, as keys differ from table to table. */
export function slice(table: SQL, where: SQL): SQL {
  return sql`array(select ctid from ${table} where ${where} limit ${ROWS_PER_WRITE})`;
}

function removal(name: ReturnType<typeof sql.identifier>, where: SQL): SQL {
  const table = sql`${name}`;
  return sql`
    with gone as (delete from ${table} where ctid = any(${slice(table, where)}) returning 1)
    select count(*)::int as done from gone`;
}

/** The statement that takes a bounded part of the tenant's audit log away, but for its closing. */
export const AUDIT_REMOVAL = sql`select erase_audit_log(${ROWS_PER_WRITE}::int) as done`;
