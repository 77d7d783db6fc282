import { type SQL, sql } from "drizzle-orm";

/** A moment as SQL, of the precision that is stored. */
export function moment(date: Date): SQL {
  return sql`${date.toISOString()}::timestamptz`;
}
