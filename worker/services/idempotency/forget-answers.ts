import { and, isNotNull, like } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { idempotencyKeys } from "../../db/schema/idempotency-keys.ts";

/**
 * The statement that drops the tenant's kept chat answers, in the transaction that deletes what they may quote: nothing
 * deleted is repeated. A client that asks again then gets a new answer.
 */
export function forgetAnswers(q: Database) {
  return q
    .delete(idempotencyKeys)
    .where(and(like(idempotencyKeys.route, "%/chat/%"), isNotNull(idempotencyKeys.response)));
}
