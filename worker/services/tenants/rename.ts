import { eq, sql } from "drizzle-orm";
import { type Database, tenantDatabase } from "../../db/client.ts";
import { tenants } from "../../db/schema/tenants.ts";
import { AppError } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { getTenant } from "./get.ts";
import type { Tenant } from "./memberships.ts";

/** Renames a tenant. Throws `not_found`, `forbidden`, and `conflict` for an organisation's. */
export async function renameTenant(
  database: Database,
  person: { userId: string; requestId: string },
  id: string,
  name: string,
): Promise<Tenant> {
  const { userId, requestId } = person;
  const tenant = await getTenant(database, userId, id);
  const actor = { kind: "user", userId, role: tenant.role } as const;
  requirePermission({ actor }, "tenant.manage");
  if (tenant.kind === "organization") {
    throw new AppError("conflict", "This tenant has its organisation's name; rename the organisation.");
  }
  await tenantDatabase(database, id).transaction((q) => [
    q.update(tenants).set({ name, updated_at: sql`now()` }).where(eq(tenants.id, id)),
    recordAudit(q, { tenantId: id, actor, requestId }, { action: "tenant.renamed", detail: { name } }),
  ]);
  return { ...tenant, name };
}
