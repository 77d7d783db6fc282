import type { Locale, TenantContext } from "../../context.ts";
import { billingAccounts } from "../../db/schema/billing.ts";
import { tenants } from "../../db/schema/tenants.ts";
import { AppError } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { selectPlan } from "../usage/select-plan.ts";
import { requireBilling, selectAccount } from "./account.ts";

/** What a subscription may be for a new one to be bought: none, never paid for, or ended. */
const OVER = new Set([null, "incomplete", "incomplete_expired", "canceled"]);

/**
 * The address of the page where the tenant buys the paid plan. The customer is made on the first visit, once however
 * often this is asked. Throws `conflict` for a tenant that has the plan, `billing_unavailable`.
 */
export async function openCheckout(ctx: TenantContext, locale: Locale): Promise<string> {
  requirePermission(ctx, "billing.manage");
  const billing = requireBilling(ctx);
  const [[plan], [account], [tenant]] = await ctx.db.transaction((q) => [
    selectPlan(q),
    selectAccount(q, ctx.tenantId),
    q.select({ name: tenants.name }).from(tenants),
  ]);
  if (plan?.name === "pro" || !OVER.has(account?.status ?? null)) {
    throw new AppError(
      "conflict",
      "There is a subscription already; manage it at POST /api/v1/billing/portal.",
    );
  }
  const customerId =
    account?.customer_id ?? (await billing.createCustomer({ id: ctx.tenantId, name: tenant?.name ?? "" }));
  await ctx.db.transaction((q) => [
    q
      .insert(billingAccounts)
      .values({ tenant_id: ctx.tenantId, customer_id: customerId, read_at: new Date(0) })
      .onConflictDoNothing(),
    recordAudit(q, ctx, { action: "billing.checkout_opened" }),
  ]);
  return billing.openCheckout({ customerId, tenantId: ctx.tenantId, locale, requestId: ctx.requestId });
}
