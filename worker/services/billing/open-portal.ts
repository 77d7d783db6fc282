import type { Locale, TenantContext } from "../../context.ts";
import { AppError } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { requireBilling, selectAccount } from "./account.ts";

/** The address of the page where the tenant manages its subscription. Throws `conflict` before its first checkout. */
export async function openPortal(ctx: TenantContext, locale: Locale): Promise<string> {
  requirePermission(ctx, "billing.manage");
  const billing = requireBilling(ctx);
  const [[account]] = await ctx.db.transaction((q) => [selectAccount(q, ctx.tenantId)]);
  if (!account) {
    throw new AppError(
      "conflict",
      "There is no subscription to manage; begin at POST /api/v1/billing/checkout.",
    );
  }
  const customerId = account.customer_id;
  const url = await billing.openPortal({ customerId, locale, requestId: ctx.requestId });
  await ctx.db.transaction((q) => [recordAudit(q, ctx, { action: "billing.portal_opened" })]);
  return url;
}
