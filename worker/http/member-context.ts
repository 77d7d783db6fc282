import type { Context } from "hono";
import type { TenantContext } from "../context.ts";
import { getTenant } from "../services/tenants/get.ts";
import type { Tenant } from "../services/tenants/memberships.ts";
import { requirePerson } from "./require-person.ts";
import type { AppEnv } from "./router.ts";

/**
 * A tenant that the path names rather than the session, and its context in the name of whoever signed in. Throws
 * `forbidden` for an API key, `not_found` for a tenant that isn't theirs.
 */
export async function memberContext(
  c: Context<AppEnv>,
  id: string,
): Promise<{ ctx: TenantContext; tenant: Tenant }> {
  const { userId, requestId } = requirePerson(c);
  const tenant = await getTenant(c.var.wiring.database, userId, id);
  const ctx = c.var.wiring.forTenant({
    tenantId: tenant.id,
    requestId,
    actor: { kind: "user", userId, role: tenant.role },
    background: (work) => c.executionCtx.waitUntil(work),
  });
  return { ctx, tenant };
}
