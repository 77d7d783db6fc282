import { createMiddleware } from "hono/factory";
import { AppError, notFound } from "../../errors.ts";
import type { Principal } from "../../ports/identity.ts";
import { listMemberships, type Tenant } from "../../services/tenants/memberships.ts";
import type { AppEnv } from "../router.ts";

/**
 * Binds the request to one tenant: the credential's own, else the one that `X-Tenant-Id` picks among the caller's
 * memberships, else their only one. Answers 400 `tenant_required` when several are left to choose from.
 */
export function chooseTenant() {
  return createMiddleware<AppEnv>(async function bindTenant(c, next) {
    const { wiring, principal, requestId, startedAt } = c.var;
    const tenantId =
      principal.tenantId ??
      pick(await listMemberships(wiring.database, principal.userId), c.req.header("X-Tenant-Id"), principal);
    c.set("authMs", Date.now() - startedAt);
    c.set(
      "ctx",
      wiring.forTenant({
        tenantId,
        requestId,
        actor: { kind: "user", userId: principal.userId },
        background: (work) => c.executionCtx.waitUntil(work),
      }),
    );
    await next();
  });
}

function pick(tenants: Tenant[], wanted: string | undefined, { defaultTenantId }: Principal): string {
  if (wanted !== undefined) {
    const chosen = tenants.find(({ id }) => id === wanted.toLowerCase());
    if (!chosen) throw notFound("tenant");
    return chosen.id;
  }
  const [first, ...others] = tenants;
  const standing =
    tenants.find(({ id }) => id === defaultTenantId) ?? (others.length === 0 ? first : undefined);
  if (standing) return standing.id;
  const hint = first ? "Name one of yours in X-Tenant-Id." : "Create a tenant first.";
  throw new AppError("tenant_required", hint);
}
