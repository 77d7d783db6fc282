import { sql } from "drizzle-orm";
import { type Database, tenantDatabase } from "../../db/client.ts";
import { memberships, tenants } from "../../db/schema/tenants.ts";
import { recordAudit } from "../audit/entry.ts";
import { reserveUsage } from "../usage/reserve.ts";
import type { Tenant } from "./memberships.ts";

/** Founds a tenant; whoever asks for it owns it. */
export async function createTenant(
  database: Database,
  founder: { userId: string; requestId: string },
  input: { name: string },
): Promise<Tenant> {
  const id = crypto.randomUUID();
  const { userId, requestId } = founder;
  const actor = { kind: "user", userId, role: "owner" } as const;
  const [[row]] = await tenantDatabase(database, id).transaction((q) => [
    q.insert(tenants).values({ id, name: input.name }).returning(),
    q.insert(memberships).values({ tenant_id: id, user_id: userId, role: "owner", seated: true }),
    q.execute(sql`select ${reserveUsage({ metric: "members", id: sql`seat_id(${userId})`, amount: 1 })}`),
    recordAudit(q, { tenantId: id, actor, requestId }, { action: "tenant.created" }),
  ]);
  if (!row) throw new Error("insert returned no row");
  const { name, plan, created_at, updated_at } = row;
  return { id, name, plan, role: "owner", kind: "personal", created_at, updated_at };
}
