import { eq, sql } from "drizzle-orm";
import { type Database, tenantDatabase } from "../../db/client.ts";
import { tenants } from "../../db/schema/tenants.ts";
import { AppError } from "../../errors.ts";
import { getTenant } from "./get.ts";
import type { Tenant } from "./memberships.ts";

/** Renames a tenant; for its owners and admins. Throws `not_found`, `forbidden`. */
export async function renameTenant(
  database: Database,
  userId: string,
  id: string,
  name: string,
): Promise<Tenant> {
  const tenant = await getTenant(database, userId, id);
  if (tenant.role === "member")
    throw new AppError("forbidden", "Only owners and admins may rename a workspace.");
  await tenantDatabase(database, id).transaction((q) => [
    q.update(tenants).set({ name, updated_at: sql`now()` }).where(eq(tenants.id, id)),
  ]);
  return { ...tenant, name };
}
