import { lt, sql } from "drizzle-orm";
import { type Database, sweepDatabase, tenantDatabase, webhookDatabase } from "../../db/client.ts";
import { usageReservations } from "../../db/schema/usage.ts";
import { webhookEvents } from "../../db/schema/webhook-events.ts";

/** Tenants looked after in one sweep; the rest waits for the next. */
const TENANTS_PER_SWEEP = 50;
/** Days a reservation is remembered after its end: longer than any message about it can be on its way. */
const REMEMBERED_DAYS = 7;
/** Days an event's id is remembered: Stripe and Clerk give up sending after a few. */
const EVENT_DAYS = 30;

/**
 * Gives back what was reserved by work that died, and forgets what was settled or given back a week ago, and the ids of
 * old events. `failed` hears of each tenant that couldn't be looked after; the others are.
 */
export async function releaseForgotten(
  database: Database,
  failed: (tenantId: string, error: unknown) => void,
): Promise<void> {
  const over = sql`state <> 'held' and created_at < now() - make_interval(days => ${REMEMBERED_DAYS})`;
  const [tenants] = await sweepDatabase(database).transaction((q) => [
    q
      .selectDistinct({ id: usageReservations.tenant_id })
      .from(usageReservations)
      .where(sql`${lt(usageReservations.expires_at, sql`now()`)} or (${over})`)
      .limit(TENANTS_PER_SWEEP),
  ]);
  for (const { id } of tenants) {
    await tenantDatabase(database, id)
      .transaction((q) => [
        // All locked at once, leaving out those that somebody settles just now: no two wait for each other.
        q.execute(sql`
          select release_usage(id, metric) from (
            select id, metric from usage_reservations where state = 'held' and expires_at < now()
            for update skip locked
          ) forgotten`),
        q.delete(usageReservations).where(over),
      ])
      .catch((error: unknown) => failed(id, error));
  }
  await webhookDatabase(database, null).transaction((q) => [
    q.delete(webhookEvents).where(sql`received_at < now() - make_interval(days => ${EVENT_DAYS})`),
  ]);
}
