import { eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { billingAccounts } from "../../db/schema/billing.ts";
import { AppError } from "../../errors.ts";
import type { BillingProvider, Price } from "../../ports/billing.ts";
import { requirePermission } from "../access/permissions.ts";
import type { PlanName } from "../usage/plans.ts";
import { selectPlan } from "../usage/select-plan.ts";

export type BillingState = {
  plan: PlanName;
  /** The provider's word for the subscription; null when there never was one. */
  status: string | null;
  current_period_end: Date | null;
  /** When the subscription ends if nothing changes; null: it goes on. */
  cancels_at: Date | null;
  payment_overdue: boolean;
  /** What the paid plan costs; null when the provider can't be asked now. */
  price: Price | null;
  test_mode: boolean;
};

/** The provider, or `billing_unavailable` where the deployment has none. */
export function requireBilling(ctx: TenantContext): BillingProvider {
  if (!ctx.billing) throw new AppError("billing_unavailable", "This deployment takes no payments.");
  return ctx.billing;
}

/** How the tenant pays, for owners and admins. */
export async function getBilling(ctx: TenantContext): Promise<BillingState> {
  requirePermission(ctx, "billing.manage");
  const billing = requireBilling(ctx);
  const [[[plan], [account]], price] = await Promise.all([
    ctx.db.transaction((q) => [selectPlan(q), selectAccount(q, ctx.tenantId)]),
    billing.price().catch(() => null),
  ]);
  return {
    plan: plan?.name ?? "free",
    status: account?.status ?? null,
    current_period_end: account?.current_period_end ?? null,
    cancels_at: account?.cancels_at ?? null,
    payment_overdue: Boolean(account?.overdue_since),
    price,
    test_mode: billing.testMode,
  };
}

/** The statement that reads the tenant's account at the provider: one row or none. */
export function selectAccount(q: Parameters<typeof selectPlan>[0], tenantId: string) {
  return q.select().from(billingAccounts).where(eq(billingAccounts.tenant_id, tenantId));
}
