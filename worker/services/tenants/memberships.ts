import { eq } from "drizzle-orm";
import { type Database, personDatabase } from "../../db/client.ts";
import { memberships, tenants } from "../../db/schema/tenants.ts";

export type Role = "owner" | "admin" | "member";
export type Tenant = {
  id: string;
  name: string;
  plan: "free";
  role: Role;
  created_at: Date;
  updated_at: Date;
};

/** The tenants a person belongs to, with their role in each, oldest first. */
export async function listMemberships(database: Database, userId: string): Promise<Tenant[]> {
  const [rows] = await personDatabase(database, userId).transaction((q) => [
    q
      .select({
        id: tenants.id,
        name: tenants.name,
        plan: tenants.plan,
        role: memberships.role,
        created_at: tenants.created_at,
        updated_at: tenants.updated_at,
      })
      .from(memberships)
      .innerJoin(tenants, eq(tenants.id, memberships.tenant_id))
      .where(eq(memberships.user_id, userId))
      .orderBy(tenants.created_at, tenants.id),
  ]);
  return rows;
}
