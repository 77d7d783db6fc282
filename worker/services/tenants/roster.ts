import type { Database } from "../../db/client.ts";
import { listMemberships, type Tenant } from "./memberships.ts";

/** Milliseconds for which an isolate remembers that somebody belongs to a tenant of their own. */
const REMEMBERED_MS = 60_000;
/** Memberships remembered at once, so that an isolate's memory is bounded. */
const MAX_REMEMBERED = 5_000;

/**
 * `listMemberships`, and for whoever names one of their own tenants that one alone, remembered for a minute: for those
 * who ask in their own first transaction whether the membership still holds (`selectHolding`).
 */
export function createRoster(
  database: Database,
): (userId: string, wanted: string | undefined) => Promise<Tenant[]> {
  const known = new Map<string, { until: number; tenant: Tenant }>();
  return async (userId, wanted) => {
    const key = JSON.stringify([userId, wanted?.toLowerCase()]);
    const remembered = known.get(key);
    if (remembered && remembered.until > Date.now()) return [remembered.tenant];
    const tenants = await listMemberships(database, userId);
    const tenant = tenants.find(({ id, kind }) => id === wanted?.toLowerCase() && kind === "personal");
    if (tenant) {
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(key, { until: Date.now() + REMEMBERED_MS, tenant });
    }
    return tenants;
  };
}
