import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { auditLog } from "../../db/schema/audit-log.ts";
import { requirePermission } from "../access/permissions.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";

const ORDER = { at: auditLog.at, id: auditLog.id };

export type AuditRecord = Omit<typeof auditLog.$inferSelect, "tenant_id">;

/** What was put on record, newest first; for owners. */
export async function listAuditLog(
  ctx: TenantContext,
  filter: { action?: string },
  page: PageRequest,
): Promise<Page<AuditRecord>> {
  requirePermission(ctx, "audit.read");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select()
      .from(auditLog)
      .where(
        and(filter.action ? eq(auditLog.action, filter.action) : undefined, afterCursor(ORDER, page.cursor)),
      )
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1),
  ]);
  const shown = rows.map(({ tenant_id: _, ...row }) => row);
  return toPage(shown, page.limit, ({ at, id }) => ({ at, id }));
}
