import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { tenants } from "../../db/schema/tenants.ts";
import type { Counts } from "../../services/deletions/figures.ts";
import { documentPrefix, tenantPrefix } from "../../services/documents/storage-key.ts";
import { abortUploads } from "./archives.ts";
import { listKeys, removeObjects } from "./objects.ts";
import { TENANT_PARTS } from "./parts.ts";
import { AUDIT_REMOVAL, countRows, type Hold, removeRows, untilNothing } from "./rows.ts";

/** The entry of its closing stays in the audit log. */
const AUDIT_PART = { table: "audit_log", where: sql`action <> 'tenant.closed'` };

/** What there is of a tenant besides its documents and their files. */
export async function tenantCounts(ctx: TenantContext): Promise<Counts> {
  return {
    vectors: 0,
    objects: await countOthers(ctx),
    rows: await countRows(ctx, [...TENANT_PARTS, AUDIT_PART]),
  };
}

/**
 * Removes what there is of a tenant. Conversations, keys and members go at once; collections and whatever R2 holds under
 * the tenant's name after the last document. Its row stays, empty, so that nothing told late can found it again.
 */
export async function eraseTenant(ctx: TenantContext, hold: Hold, documentsLeft: number): Promise<void> {
  await abortUploads(ctx, sql`true`);
  await removeRows(
    ctx,
    TENANT_PARTS.filter(({ table }) => table !== "collections"),
    hold,
  );
  await untilNothing(ctx, hold, AUDIT_REMOVAL);
  await ctx.db.transaction((q) => [
    hold(q),
    q.update(tenants).set({
      name: "",
      plan: "free",
      plan_until: null,
      clerk_org_id: null,
      founder_id: null,
      changed_at: null,
    }),
  ]);
  if (documentsLeft > 0) return;
  await removeObjects(ctx, tenantPrefix(ctx.tenantId));
  await removeRows(
    ctx,
    TENANT_PARTS.filter(({ table }) => table === "collections"),
    hold,
  );
}

/** Objects under the tenant's name that belong to none of its documents. */
async function countOthers(ctx: TenantContext): Promise<number> {
  const [rows] = await ctx.db.transaction((q) => [q.select({ id: documents.id }).from(documents)]);
  const theirs = new Set(rows.map(({ id }) => documentPrefix(ctx.tenantId, id)));
  let others = 0;
  for await (const keys of listKeys(ctx, tenantPrefix(ctx.tenantId))) {
    for (const key of keys) if (!theirs.has(key.split("/", 3).join("/").concat("/"))) others++;
  }
  return others;
}
