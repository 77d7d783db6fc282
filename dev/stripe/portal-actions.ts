import type { Account } from "./account.ts";
import { monthAfter, now } from "./clock.ts";
import type { Change } from "./events.ts";
import { invoiceObject } from "./invoice-object.ts";
import { createInvoice, openInvoiceOf } from "./invoices.ts";
import type { SubscriptionRecord } from "./records.ts";
import { changeSubscription, endSubscription, isOver } from "./subscription-changes.ts";

export const PORTAL_ACTIONS = [
  "resume",
  "pay-invoice",
  "fail-payment",
  "cancel-later",
  "cancel-now",
] as const;

export type PortalAction = (typeof PORTAL_ACTIONS)[number];

/** The buttons that make sense for a subscription as it is. */
export function actionsFor(subscription: SubscriptionRecord): PortalAction[] {
  const { status } = subscription;
  if (isOver(status)) return [];
  const isEnding = isScheduledToEnd(subscription);
  const isUnpaid = status === "past_due" || status === "unpaid" || status === "incomplete";
  return PORTAL_ACTIONS.filter((action) => {
    if (action === "resume") return isEnding;
    if (action === "pay-invoice") return isUnpaid;
    if (action === "fail-payment") return !isUnpaid && !isEnding;
    return action === "cancel-now" || !isEnding;
  });
}

/** Whether the subscription is to end by itself, by either of the two fields that say so. */
export function isScheduledToEnd(subscription: SubscriptionRecord): boolean {
  return subscription.cancelAt !== null || subscription.cancelAtPeriodEnd;
}

/** Does what a button of the portal says; the changes are for the webhook. */
export function runPortalAction(
  account: Account,
  subscription: SubscriptionRecord,
  action: PortalAction,
): Change[] {
  const change = (values: Partial<SubscriptionRecord>) => changeSubscription(account, subscription, values);
  switch (action) {
    case "cancel-later":
      // With flexible billing, Stripe's own portal sets the date and leaves `cancel_at_period_end` false.
      return [change({ cancelAt: subscription.periodEnd, canceledAt: now() })];
    case "cancel-now":
      return [endSubscription(account, subscription)];
    case "resume":
      return [change({ cancelAt: null, cancelAtPeriodEnd: false, canceledAt: null })];
    case "fail-payment": {
      const start = now();
      const period = { periodStart: start, periodEnd: monthAfter(start), billingCycleAnchor: start };
      const invoice = createInvoice(
        account,
        { ...subscription, ...period },
        { billingReason: "subscription_cycle", isPaid: false },
      );
      return [
        change({ ...period, status: "past_due", latestInvoice: invoice.id }),
        { type: "invoice.payment_failed", object: invoiceObject(account, invoice) },
      ];
    }
    case "pay-invoice": {
      const invoice =
        openInvoiceOf(account, subscription) ??
        createInvoice(account, subscription, { billingReason: "subscription_cycle", isPaid: false });
      invoice.paidAt = now();
      return [
        change({ status: "active" }),
        { type: "invoice.paid", object: invoiceObject(account, invoice) },
      ];
    }
  }
}
