import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { apiKeys } from "../../db/schema/api-keys.ts";
import { AppError } from "../../errors.ts";

/** The statement that finds an actor's key unless it was revoked or has expired; finds one row for who needs none. */
export function selectHolding(q: Database, actor: Actor) {
  return q.select({ holds: sql<true>`true` }).from(sql`(select 1) as one`).where(holding(q, actor));
}

function holding(q: Database, actor: Actor): SQL | undefined {
  if (actor.kind !== "key") return undefined;
  const unexpired = or(isNull(apiKeys.expires_at), gt(apiKeys.expires_at, sql`now()`));
  const valid = and(eq(apiKeys.id, actor.keyId), isNull(apiKeys.revoked_at), unexpired);
  return sql`exists (${q.select({ id: apiKeys.id }).from(apiKeys).where(valid)})`;
}

/** For a key that was remembered: throws `unauthenticated` when `selectHolding` found nothing. */
export function requireHolding(found: unknown[]): void {
  if (found.length === 0) throw new AppError("unauthenticated", "This API key was revoked or has expired.");
}
