import { and, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { apiKeys } from "../../db/schema/api-keys.ts";
import { memberships, tenants } from "../../db/schema/tenants.ts";
import { AppError, notFound } from "../../errors.ts";

/**
 * The statement that finds one row while an actor may still act here: a key that was neither revoked nor has expired, a
 * member of a tenant that is open. For whoever was remembered (decision 025).
 */
export function selectHolding(q: Database, actor: Actor) {
  return q.select({ holds: sql<true>`true` }).from(sql`(select 1) as one`).where(holding(q, actor));
}

function holding(q: Database, actor: Actor): SQL | undefined {
  if (actor.kind === "system") return undefined;
  if (actor.kind === "user") {
    const member = and(eq(memberships.user_id, actor.userId), isNull(memberships.removed_at));
    return sql`exists (${q
      .select({ id: tenants.id })
      .from(memberships)
      .innerJoin(tenants, eq(tenants.id, memberships.tenant_id))
      .where(and(member, isNull(tenants.deleted_at)))})`;
  }
  const unexpired = or(isNull(apiKeys.expires_at), gt(apiKeys.expires_at, sql`now()`));
  const valid = and(eq(apiKeys.id, actor.keyId), isNull(apiKeys.revoked_at), unexpired);
  return sql`exists (${q.select({ id: apiKeys.id }).from(apiKeys).where(valid)})`;
}

/** Throws what the actor would have been told at the door, when `selectHolding` found nothing. */
export function requireHolding(found: unknown[], actor: Actor): void {
  if (found.length > 0) return;
  if (actor.kind === "user") throw notFound("tenant");
  throw new AppError("unauthenticated", "This API key was revoked or has expired.");
}
