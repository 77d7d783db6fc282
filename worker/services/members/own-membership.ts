import { eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { memberships } from "../../db/schema/tenants.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Member, selectMembers } from "./list.ts";

/** Who is asking, as a member of the tenant that the request is bound to. Throws `forbidden` for an API key. */
export async function getOwnMembership(ctx: TenantContext): Promise<Member & { tenant_id: string }> {
  requirePermission(ctx, "members.read");
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : "";
  const [[row]] = await ctx.db.transaction((q) => [selectMembers(q, eq(memberships.user_id, userId))]);
  if (!row) throw notFound("member");
  return { ...row, tenant_id: ctx.tenantId };
}
