import type Stripe from "stripe";
import type { Subscription } from "../../ports/billing.ts";

/** A subscription in our words, paid at any of these prices. Its period is its item's: since API version 2025-03-31 it has none of its own. */
export function toSubscription(subscription: Stripe.Subscription, priceIds: string[]): Subscription {
  const paid = subscription.items.data.find(({ price }) => priceIds.includes(price.id));
  const item = paid ?? subscription.items.data[0];
  const moment = (seconds: number) => new Date(seconds * 1_000);
  const cancelsAt =
    subscription.cancel_at ?? (subscription.cancel_at_period_end ? item?.current_period_end : null);
  return {
    id: subscription.id,
    status: subscription.status,
    paid: paid !== undefined,
    periodStart: moment(item?.current_period_start ?? subscription.start_date),
    periodEnd: moment(item?.current_period_end ?? subscription.start_date),
    cancelsAt: cancelsAt ? moment(cancelsAt) : null,
  };
}
