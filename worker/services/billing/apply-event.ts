import { eq, sql } from "drizzle-orm";
import { type Database, tenantDatabase, webhookDatabase } from "../../db/client.ts";
import { billingAccounts } from "../../db/schema/billing.ts";
import type { BillingAccount, BillingEvent, BillingProvider } from "../../ports/billing.ts";
import { recordAudit } from "../audit/entry.ts";
import { moment } from "../moment.ts";
import { isRepetition, keepEvent } from "../webhook-event.ts";
import { type Entitlement, entitlementOf, GRACE_DAYS } from "./entitlement.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Event types after which a customer's subscriptions are read again; others are acknowledged and forgotten. */
const CONCERNS_PLAN =
  /^(customer\.subscription\.|invoice\.(paid|payment_)|checkout\.session\.(completed|async_))/;

/** `unbound`: the customer is no tenant's here, as when two deployments share an account at the provider. */
export type BillingOutcome = "applied" | "repeated" | "ignored" | "unbound";

/**
 * Brings the tenant's plan to what the provider says now. The event only tells that something changed: subscriptions
 * are read again, so order and repetition don't matter, and a reading that began before the one stored is dropped.
 * The event's id is kept in the transaction of its effect.
 */
export async function applyBillingEvent(
  database: Database,
  billing: BillingProvider,
  event: BillingEvent,
  requestId: string,
): Promise<BillingOutcome> {
  if (!event.customerId || !CONCERNS_PLAN.test(event.type)) return "ignored";
  const readAt = new Date();
  const account = await billing.readAccount(event.customerId);
  const tenantId = account?.tenantId;
  if (!account || !tenantId || !UUID.test(tenantId)) return "unbound";
  const author = { tenantId, actor: { kind: "system", name: "stripe" }, requestId } as const;
  const entitlement = entitlementOf(account.subscriptions);
  if (entitlement.plan !== "free" && (await isClosed(database, tenantId))) {
    await billing.cancelSubscriptions(account.customerId);
  }
  try {
    const [, [bound]] = await webhookDatabase(database, tenantId).transaction((q) => [
      keepEvent(q, "stripe", event),
      // Locked: of two readings that end together the second sees what the first wrote.
      q
        .select({ id: billingAccounts.customer_id })
        .from(billingAccounts)
        .where(eq(billingAccounts.customer_id, account.customerId))
        .for("update"),
      recordAudit(
        q,
        author,
        { action: "billing.plan_changed", detail: { plan: entitlement.plan, event: event.type } },
        sql`exists (
          select 1 from tenants, billing_accounts account
          where plan <> ${entitlement.plan} and ${current(account, readAt)})`,
      ),
      writeReading(q, account, entitlement, readAt),
    ]);
    return bound ? "applied" : "unbound";
  } catch (error) {
    if (isRepetition(error)) return "repeated";
    throw error;
  }
}

/** Paid while it was being closed: nobody would be left to cancel. */
async function isClosed(database: Database, tenantId: string): Promise<boolean> {
  const [closed] = await tenantDatabase(database, tenantId).rows(
    sql`select 1 from tenants where deleted_at is not null`,
  );
  return closed !== undefined;
}

/** Whether this reading is of the tenant's own customer and newer than the one stored. */
function current({ customerId }: BillingAccount, readAt: Date) {
  return sql`account.customer_id = ${customerId} and account.read_at <= ${moment(readAt)}`;
}

/** The account as it was read and, from it, the plan: one statement, so that neither is written without the other. */
function writeReading(q: Database, account: BillingAccount, entitlement: Entitlement, readAt: Date) {
  const { plan, planUntil, overdueSince, subscription } = entitlement;
  const graceEnd = sql`moved.overdue_since + make_interval(days => ${GRACE_DAYS})`;
  return q.execute(sql`
    with moved as (
      update billing_accounts account set
        subscription_id = ${subscription?.id ?? null},
        status = ${subscription?.status ?? null},
        current_period_end = ${subscription && moment(subscription.periodEnd)},
        cancels_at = ${subscription?.cancelsAt ? moment(subscription.cancelsAt) : null},
        overdue_since = ${overdueSince ? sql`coalesce(account.overdue_since, ${moment(overdueSince)})` : null},
        read_at = ${moment(readAt)}
      where ${current(account, readAt)}
      returning tenant_id, overdue_since
    )
    update tenants set plan = ${plan}, updated_at = now(),
      plan_until = ${overdueSince ? graceEnd : planUntil && moment(planUntil)}
    from moved where moved.tenant_id = tenants.id`);
}
