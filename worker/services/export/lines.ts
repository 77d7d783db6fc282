import { type SQL, sql } from "drizzle-orm";
import type { ScopedDatabase } from "../../db/client.ts";
import type { Sheet } from "./sheets.ts";

/** Rows read at once, if they are short. */
const ROWS_PER_READ = 200;
/** Bytes of JSON read at once: what is held of an export; a single row may be larger. */
const BYTES_PER_READ = 2_000_000;

/** A sheet's rows as lines of JSON, read as they are asked for. */
export async function* sheetLines(db: ScopedDatabase, sheet: Sheet): AsyncGenerator<string, void> {
  let after: string[] | null = null;
  for (;;) {
    const rows: Array<{ line: string; key: string[] }> = await db.rows(readAfter(sheet, after));
    for (const { line } of rows) yield `${line}\n`;
    const last = rows.at(-1);
    if (!last) return;
    after = last.key;
  }
}

function readAfter({ columns, from, key }: Sheet, after: string[] | null): SQL {
  const order = list(key.map(({ column }) => column));
  const values = key.map(({ type }, index) => sql`${after?.[index] ?? null}::${type}`);
  // The first column alone as well: by it an index is entered, where the others come from a join.
  const rest = after ? sql`${key[0]?.column} >= ${values[0]} and (${order}) > (${list(values)})` : sql`true`;
  return sql`
    select line, key from (
      select line, key, sum(octet_length(line)) over (order by place) - octet_length(line) as before from (
        select (${columns})::text as line, row_number() over (order by ${order}) as place,
          array[${list(key.map(({ column }) => sql`${column}::text`))}] as key
        from ${from} where ${rest} order by ${order} limit ${ROWS_PER_READ}
      ) as found
    ) as measured
    where before < ${BYTES_PER_READ} order by before, key`;
}

function list(parts: SQL[]): SQL {
  return sql.join(parts, sql`, `);
}
