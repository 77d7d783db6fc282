import { eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { AppError, notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { stopPaying } from "../billing/stop-paying.ts";
import { type Deletion, toDeletion } from "../deletions/deletion.ts";
import { enqueueDeletion } from "../deletions/enqueue.ts";
import { closeTenant } from "../directory/close-tenant.ts";
import { enqueue } from "../documents/enqueue.ts";
import type { Tenant } from "./memberships.ts";

/**
 * Erases a tenant: it stops paying and closes at once, then the queue removes all that is stored of it. `confirmation` is
 * its name, so that nobody does it to the wrong one. Throws `forbidden`, `invalid_request` for another name,
 * `not_found` when somebody else has just done it, and `BillingFailure`, having changed nothing, while it still pays.
 */
export async function eraseTenant(
  ctx: TenantContext,
  tenant: Pick<Tenant, "name">,
  confirmation: string,
): Promise<Deletion> {
  requirePermission(ctx, "tenant.erase");
  if (confirmation !== tenant.name) {
    const fields = [{ path: "name", message: "This is not the tenant's name" }];
    throw new AppError("invalid_request", "Give the tenant's name to confirm.", { fields });
  }
  await stopPaying(ctx.db, ctx.billing, ctx.tenantId);
  const receiptId = crypto.randomUUID();
  await ctx.db.transaction((q) => [...closeTenant(q, ctx, { at: new Date(), receiptId })]);
  const [[receipt], parts] = await ctx.db.transaction((q) => [
    q.select().from(deletionReceipts).where(eq(deletionReceipts.id, receiptId)),
    q
      .select({ id: deletionReceipts.subject_id })
      .from(deletionReceipts)
      .where(eq(deletionReceipts.parent_id, receiptId)),
  ]);
  if (!receipt) throw notFound("tenant");
  const purges = parts.map(({ id }) => id);
  ctx.background(enqueueDeletion(ctx, receiptId).then(() => enqueue(ctx, purges)));
  return toDeletion(receipt);
}
