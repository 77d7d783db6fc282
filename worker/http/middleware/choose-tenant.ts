import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Actor, Role } from "../../context.ts";
import { AppError, notFound } from "../../errors.ts";
import type { Person } from "../../ports/identity.ts";
import { listMemberships, type Tenant } from "../../services/tenants/memberships.ts";
import type { AppEnv } from "../router.ts";
import { toTraceparent } from "../trace-context.ts";
import { ASKS_ITSELF } from "./authenticate.ts";

/**
 * Binds the request to one tenant: the key's or the organisation's own, else the one that `X-Tenant-Id` picks among
 * the caller's personal tenants, else their only one. Answers 400 `tenant_required` when several are left to choose
 * from, 404 when the header names any other.
 */
export function chooseTenant() {
  return createMiddleware<AppEnv>(async function bindTenant(c, next) {
    const { wiring, requestId, startedAt, trace } = c.var;
    const { tenantId, actor } = await resolve(c);
    const wanted = c.req.header("X-Tenant-Id");
    if (wanted !== undefined && wanted.toLowerCase() !== tenantId) throw notFound("tenant");
    c.set("authMs", Date.now() - startedAt);
    c.set(
      "ctx",
      wiring.forTenant({
        tenantId,
        requestId,
        actor,
        traceparent: toTraceparent(trace),
        background: (work) => c.executionCtx.waitUntil(work),
      }),
    );
    await next();
  });
}

async function resolve(c: Context<AppEnv>): Promise<{ tenantId: string; actor: Actor }> {
  const { wiring, principal, requestId } = c.var;
  if (principal.kind === "key") return principal;
  const { person } = principal;
  const wanted = c.req.header("X-Tenant-Id");
  const { tenantId, role } = person.organization
    ? await wiring.enterOrganization({ ...person, organization: person.organization }, requestId)
    : pick(
        ASKS_ITSELF.test(c.req.path)
          ? await wiring.roster(person.userId, wanted)
          : await listMemberships(wiring.database, person.userId),
        wanted,
        person,
      );
  return { tenantId, actor: { kind: "user", userId: person.userId, role } };
}

function pick(
  tenants: Tenant[],
  wanted: string | undefined,
  { defaultTenantId }: Person,
): { tenantId: string; role: Role } {
  const chosen = wanted === undefined ? standing(tenants, defaultTenantId) : named(tenants, wanted);
  return { tenantId: chosen.id, role: chosen.role };
}

function named(tenants: Tenant[], wanted: string): Tenant {
  const chosen = tenants.find(({ id }) => id === wanted.toLowerCase());
  if (!chosen) throw notFound("tenant");
  if (chosen.kind === "personal") return chosen;
  throw new AppError("tenant_required", "Make this tenant's organisation the active one of your session.");
}

function standing(tenants: Tenant[], defaultTenantId: string | null): Tenant {
  const personal = tenants.filter(({ kind }) => kind === "personal");
  const [first, ...others] = personal;
  const found =
    personal.find(({ id }) => id === defaultTenantId) ?? (others.length === 0 ? first : undefined);
  if (found) return found;
  if (first) throw new AppError("tenant_required", "Name one of yours in X-Tenant-Id.");
  const hint =
    tenants.length > 0 ? "Make an organisation the active one of your session." : "Create a tenant first.";
  throw new AppError("tenant_required", hint);
}
