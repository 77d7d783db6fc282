import { type Database, postgresCode } from "../db/client.ts";
import { webhookEvents } from "../db/schema/webhook-events.ts";

const UNIQUE_VIOLATION = "23505";

/** The statement that keeps an event's id, in the transaction of its effect: a repetition undoes itself there. */
export function keepEvent(
  q: Database,
  source: "clerk" | "stripe",
  { id, type }: { id: string; type: string },
) {
  return q.insert(webhookEvents).values({ source, id, type });
}

/** Whether a transaction was undone because its event had been kept before. */
export function isRepetition(error: unknown): boolean {
  const found = postgresCode(error);
  return found?.code === UNIQUE_VIOLATION && found.constraint === "webhook_events_source_id_pk";
}
