import { type Database, tenantDatabase } from "../../db/client.ts";
import { memberships, tenants } from "../../db/schema/tenants.ts";
import type { Tenant } from "./memberships.ts";

/** Founds a tenant; whoever asks for it owns it. */
export async function createTenant(
  database: Database,
  userId: string,
  input: { name: string },
): Promise<Tenant> {
  const id = crypto.randomUUID();
  const [[row]] = await tenantDatabase(database, id).transaction((q) => [
    q.insert(tenants).values({ id, name: input.name }).returning(),
    q.insert(memberships).values({ tenant_id: id, user_id: userId, role: "owner" }),
  ]);
  if (!row) throw new Error("insert returned no row");
  return { ...row, role: "owner" };
}
