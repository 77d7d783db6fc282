import { and, eq, isNull, sql } from "drizzle-orm";
import type { Role } from "../../context.ts";
import { type Database, personDatabase } from "../../db/client.ts";
import { memberships, tenants } from "../../db/schema/tenants.ts";
import type { PlanName } from "../usage/plans.ts";

export type Tenant = {
  id: string;
  name: string;
  plan: PlanName;
  role: Role;
  /** `organization`: its people and name are kept by the identity provider. */
  kind: "personal" | "organization";
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
        plan: sql<PlanName>`case when ${tenants.plan_until} is null or ${tenants.plan_until} > now()
          then ${tenants.plan} else 'free' end`,
        role: memberships.role,
        kind: sql<
          Tenant["kind"]
        >`case when ${tenants.clerk_org_id} is null then 'personal' else 'organization' end`,
        created_at: tenants.created_at,
        updated_at: tenants.updated_at,
      })
      .from(memberships)
      .innerJoin(tenants, eq(tenants.id, memberships.tenant_id))
      .where(and(eq(memberships.user_id, userId), isNull(memberships.removed_at), isNull(tenants.deleted_at)))
      .orderBy(tenants.created_at, tenants.id),
  ]);
  return rows;
}
