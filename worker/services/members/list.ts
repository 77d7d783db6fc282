import { and, asc, eq, isNull, type SQL } from "drizzle-orm";
import type { Role, TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { people } from "../../db/schema/people.ts";
import { memberships } from "../../db/schema/tenants.ts";
import { requirePermission } from "../access/permissions.ts";

export type Member = {
  user_id: string;
  name: string | null;
  email: string | null;
  role: Role;
  /** False: the plan has no seat left for them, so they can't come in. */
  seated: boolean;
  created_at: Date;
};

/** Who belongs to the tenant, longest first. A plan holds a hundred at most, so there is one page. */
export async function listMembers(ctx: TenantContext): Promise<Member[]> {
  requirePermission(ctx, "members.read");
  const [rows] = await ctx.db.transaction((q) => [
    selectMembers(q).orderBy(asc(memberships.created_at), asc(memberships.user_id)),
  ]);
  return rows;
}

/** Present members with their names, all of them or those for whom `which` holds. */
export function selectMembers(q: Database, which?: SQL) {
  return q
    .select({
      user_id: memberships.user_id,
      name: people.name,
      email: people.email,
      role: memberships.role,
      seated: memberships.seated,
      created_at: memberships.created_at,
    })
    .from(memberships)
    .leftJoin(people, and(eq(people.user_id, memberships.user_id), isNull(people.deleted_at)))
    .where(and(isNull(memberships.removed_at), which));
}
