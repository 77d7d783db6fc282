import type { Subscription } from "../../ports/billing.ts";
import type { PlanName } from "../usage/plans.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Days after a payment was due for which the paid plan goes on, while the provider tries the card again. */
export const GRACE_DAYS = 7;

/** What a customer's subscriptions entitle to. */
export type Entitlement = {
  plan: PlanName;
  /** When it ends unless a payment or event moves this on; null for the free plan, and while a payment is due. */
  planUntil: Date | null;
  /** Since when a payment is due that didn't come, as this reading has it: an earlier one may know better. */
  overdueSince: Date | null;
  /** The subscription that decides; null when there never was one. */
  subscription: Subscription | null;
};

/**
 * The best of a customer's subscriptions decides, so an old one's late end takes nothing from a new one. A paid plan
 * ends `GRACE_DAYS` after its next payment is due: when the provider stays silent, or says `past_due`, which it does
 * from the first failed payment on, for as many periods as it is set to. Anything else entitles to nothing.
 */
export function entitlementOf(subscriptions: Subscription[]): Entitlement {
  const candidates = subscriptions.map((subscription) => ({ subscription, until: paidUntil(subscription) }));
  const best = candidates.toSorted((a, b) => (b.until?.getTime() ?? 0) - (a.until?.getTime() ?? 0))[0];
  if (!best) return { plan: "free", planUntil: null, overdueSince: null, subscription: null };
  const { subscription, until } = best;
  const overdue = until !== null && subscription.status === "past_due";
  return {
    plan: until ? "pro" : "free",
    planUntil: until,
    overdueSince: overdue ? subscription.periodStart : null,
    subscription,
  };
}

function paidUntil({ status, paid, periodStart, periodEnd, cancelsAt }: Subscription): Date | null {
  if (!paid) return null;
  if (status === "past_due") return daysAfter(periodStart);
  if (status !== "active" && status !== "trialing") return null;
  const silent = daysAfter(periodEnd);
  return cancelsAt && cancelsAt < silent ? cancelsAt : silent;
}

function daysAfter(due: Date): Date {
  return new Date(due.getTime() + GRACE_DAYS * DAY_MS);
}
