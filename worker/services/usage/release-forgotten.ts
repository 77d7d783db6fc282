import { lt, sql } from "drizzle-orm";
import { type Database, sweepDatabase, tenantDatabase } from "../../db/client.ts";
import { usageReservations } from "../../db/schema/usage.ts";

/** Tenants looked after in one sweep; the rest waits for the next. */
const TENANTS_PER_SWEEP = 50;
/** Days a reservation is remembered after its end: longer than any message about it can be on its way. */
const REMEMBERED_DAYS = 7;

/** Gives back what was reserved by work that died, and forgets what was settled or given back a week ago. */
export async function releaseForgotten(database: Database): Promise<void> {
  const over = sql`state <> 'held' and created_at < now() - make_interval(days => ${REMEMBERED_DAYS})`;
  const [tenants] = await sweepDatabase(database).transaction((q) => [
    q
      .selectDistinct({ id: usageReservations.tenant_id })
      .from(usageReservations)
      .where(sql`${lt(usageReservations.expires_at, sql`now()`)} or (${over})`)
      .limit(TENANTS_PER_SWEEP),
  ]);
  for (const { id } of tenants) {
    await tenantDatabase(database, id).transaction((q) => [
      q.execute(sql`
        select release_usage(id, metric) from usage_reservations where state = 'held' and expires_at < now()`),
      q.delete(usageReservations).where(over),
    ]);
  }
}
