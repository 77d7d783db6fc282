import { sql } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { billingAccounts } from "../../db/schema/billing.ts";
import { tenants } from "../../db/schema/tenants.ts";
import { AppError } from "../../errors.ts";
import type { BillingProvider } from "../../ports/billing.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";
import { requireBilling, selectAccount } from "./account.ts";

/** What a subscription has come to when a new one may be bought: never paid for, or ended. */
const OVER = new Set(["incomplete", "incomplete_expired", "canceled"]);

/**
 * The address of the page where the tenant buys the paid plan. The customer is made on the first visit, once however
 * often this is asked, and again if it was deleted at the provider. Throws `conflict` for a tenant with a running
 * subscription, `billing_unavailable`.
 */
export async function openCheckout(ctx: TenantContext, locale: Locale): Promise<string> {
  requirePermission(ctx, "billing.manage");
  const billing = requireBilling(ctx);
  const [[account], [tenant]] = await ctx.db.transaction((q) => [
    selectAccount(q, ctx.tenantId),
    q.select({ name: tenants.name }).from(tenants),
  ]);
  // Asked there, because what was just paid may not have been told here yet.
  const known = account && (await billing.readAccount(account.customer_id));
  if (known?.subscriptions.some(({ status }) => !OVER.has(status))) {
    throw new AppError(
      "conflict",
      "There is a subscription already; manage it at POST /api/v1/billing/portal.",
    );
  }
  const customerId =
    known?.customerId ?? (await makeCustomer(ctx, billing, tenant?.name ?? "", account?.customer_id ?? null));
  const { tenantId, requestId } = ctx;
  const url = await billing.openCheckout({ customerId, tenantId, locale, requestId });
  await ctx.db.transaction((q) => [recordAudit(q, ctx, { action: "billing.checkout_opened" })]);
  return url;
}

/** Makes the tenant's customer and keeps it, unless somebody else just did: then theirs is the answer. */
async function makeCustomer(
  ctx: TenantContext,
  billing: BillingProvider,
  name: string,
  replaces: string | null,
): Promise<string> {
  const customerId = await billing.createCustomer({ id: ctx.tenantId, name, replaces });
  const unread = {
    customer_id: customerId,
    subscription_id: null,
    status: null,
    current_period_end: null,
    cancels_at: null,
    overdue_since: null,
    read_at: new Date(0),
  };
  const [, [kept]] = await ctx.db.transaction((q) => [
    q
      .insert(billingAccounts)
      .values({ tenant_id: ctx.tenantId, ...unread })
      .onConflictDoUpdate({
        target: billingAccounts.tenant_id,
        set: unread,
        setWhere: sql`${billingAccounts.customer_id} = ${replaces}`,
      }),
    selectAccount(q, ctx.tenantId),
  ]);
  return kept?.customer_id ?? customerId;
}
