import type { Database } from "../../db/client.ts";
import { notFound } from "../../errors.ts";
import { listMemberships, type Tenant } from "./memberships.ts";

/** One of a person's tenants. Throws `not_found` for one they don't belong to. */
export async function getTenant(database: Database, userId: string, id: string): Promise<Tenant> {
  const found = (await listMemberships(database, userId)).find((tenant) => tenant.id === id);
  if (!found) throw notFound("tenant");
  return found;
}
