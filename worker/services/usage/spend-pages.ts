import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { pagesReservation } from "./reserve.ts";

/**
 * The statement that makes the pages counted for a stored file final and adds them to today's figures, the first time
 * alone and only if `when` holds. Pages that were read are spent, whether or not they are ever published.
 */
export function spendPages(q: Database, file: { storage_key: string | SQL }, when: SQL = sql`true`) {
  return q.execute(sql`
    select record_usage(null, jsonb_build_object('pages', held.amount)) from usage_reservations held
    where held.metric = 'pages' and held.id = ${pagesReservation(file)}
      and case when held.state = 'held' and ${when} then settle_usage(held.id, 'pages') else false end`);
}
