import { sql } from "drizzle-orm";
import { type Database, webhookDatabase } from "../../db/client.ts";
import type { BillingAccount, BillingEvent, BillingProvider } from "../../ports/billing.ts";
import { recordAudit } from "../audit/entry.ts";
import { moment } from "../moment.ts";
import { isRepetition, keepEvent } from "../webhook-event.ts";
import { type Entitlement, entitlementOf } from "./entitlement.ts";

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
  const ours = sql`exists (select 1 from billing_accounts where customer_id = ${account.customerId})`;
  try {
    const [, [bound]] = await webhookDatabase(database, tenantId).transaction((q) => [
      keepEvent(q, "stripe", event),
      q.select({ ours: sql<boolean>`${ours}` }).from(sql`(select 1) one`),
      recordAudit(
        q,
        author,
        { action: "billing.plan_changed", detail: { plan: entitlement.plan, event: event.type } },
        sql`exists (
          select 1 from tenants, billing_accounts account where plan <> ${entitlement.plan} and ${current(account, readAt)})`,
      ),
      writePlan(q, account, entitlement, readAt),
      writeAccount(q, account, entitlement, readAt),
    ]);
    return bound?.ours ? "applied" : "unbound";
  } catch (error) {
    if (isRepetition(error)) return "repeated";
    throw error;
  }
}

/** Whether this reading is of the tenant's own customer and newer than the one stored. */
function current({ customerId }: BillingAccount, readAt: Date) {
  return sql`account.customer_id = ${customerId} and account.read_at <= ${moment(readAt)}`;
}

function writePlan(q: Database, account: BillingAccount, { plan, planUntil }: Entitlement, readAt: Date) {
  return q.execute(sql`
    update tenants set plan = ${plan}, plan_until = ${planUntil && moment(planUntil)}, updated_at = now()
    from billing_accounts account where account.tenant_id = tenants.id and ${current(account, readAt)}`);
}

function writeAccount(q: Database, account: BillingAccount, { subscription }: Entitlement, readAt: Date) {
  return q.execute(sql`
    update billing_accounts account set
      subscription_id = ${subscription?.id ?? null},
      status = ${subscription?.status ?? null},
      current_period_end = ${subscription && moment(subscription.periodEnd)},
      cancels_at = ${subscription?.cancelsAt ? moment(subscription.cancelsAt) : null},
      payment_overdue = ${subscription?.status === "past_due" || subscription?.status === "unpaid"},
      read_at = ${moment(readAt)}
    where ${current(account, readAt)}`);
}
