import { and, eq, isNotNull, like, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { idempotencyKeys } from "../../db/schema/idempotency-keys.ts";

const chats = like(idempotencyKeys.route, "%/chat/%");

/**
 * The statement that drops the tenant's kept chat answers, in the transaction that deletes what they may quote: nothing
 * deleted is repeated. A client that asks again then gets a new answer.
 */
export function forgetAnswers(q: Database) {
  return q.delete(idempotencyKeys).where(and(chats, isNotNull(idempotencyKeys.response)));
}

/** The statement that drops an answer just kept if something was deleted, and so may be quoted, since it was asked for. */
export function forgetOutdated(q: Database, id: string) {
  const deletedSince = sql`exists (
    select 1 from ${deletionReceipts} where ${deletionReceipts.requested_at} >= ${idempotencyKeys.created_at})`;
  return q.delete(idempotencyKeys).where(and(eq(idempotencyKeys.id, id), chats, deletedSince));
}
