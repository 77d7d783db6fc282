import type { Subscription } from "../../ports/billing.ts";
import type { PlanName } from "../usage/plans.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Days after a payment was due for which the paid plan goes on, while the provider tries the card again. */
export const GRACE_DAYS = 7;

/** What a customer's subscriptions entitle to. */
export type Entitlement = {
  plan: PlanName;
  /** When it ends unless a payment or event moves this on; null for the free plan. */
  planUntil: Date | null;
  /** The subscription that decides; null when there never was one. */
  subscription: Subscription | null;
};

/**
 * The best of a customer's subscriptions decides, so an old one's late end takes nothing from a new one. A paid plan
 * ends `GRACE_DAYS` after the day its next payment is due: when the provider stays silent, or says `past_due`, which
 * it does from the first failed payment on. Anything but active, trialing and past due entitles to nothing.
 */
export function entitlementOf(subscriptions: Subscription[]): Entitlement {
  const candidates = subscriptions.map((subscription) => ({ subscription, until: paidUntil(subscription) }));
  const best = candidates.toSorted((a, b) => (b.until?.getTime() ?? 0) - (a.until?.getTime() ?? 0))[0];
  if (!best) return { plan: "free", planUntil: null, subscription: null };
  return { plan: best.until ? "pro" : "free", planUntil: best.until, subscription: best.subscription };
}

function paidUntil({ status, paid, periodStart, periodEnd, cancelsAt }: Subscription): Date | null {
  if (!paid) return null;
  if (status === "past_due") return new Date(periodStart.getTime() + GRACE_DAYS * DAY_MS);
  if (status !== "active" && status !== "trialing") return null;
  return cancelsAt ?? new Date(periodEnd.getTime() + GRACE_DAYS * DAY_MS);
}
