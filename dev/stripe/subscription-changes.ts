import type { Account } from "./account.ts";
import { now } from "./clock.ts";
import type { Change } from "./events.ts";
import type { SubscriptionRecord } from "./records.ts";
import { subscriptionObject } from "./subscription-object.ts";

/** Changes a subscription and says which event that makes: `deleted` when it ends by it, else `updated`. */
export function changeSubscription(
  account: Account,
  subscription: SubscriptionRecord,
  values: Partial<SubscriptionRecord>,
): Change {
  const before = subscriptionObject(subscription, account.price);
  Object.assign(subscription, values);
  const after = subscriptionObject(subscription, account.price);
  if (after.status === "canceled" && before.status !== "canceled") {
    return { type: "customer.subscription.deleted", object: after };
  }
  return { type: "customer.subscription.updated", object: after, previous: oldValues(before, after) };
}

/** Ends a subscription now. */
export function endSubscription(account: Account, subscription: SubscriptionRecord): Change {
  return changeSubscription(account, subscription, {
    status: "canceled",
    canceledAt: subscription.canceledAt ?? now(),
    endedAt: now(),
  });
}

/** Whether a subscription of this status has ended for good. */
export function isOver(status: SubscriptionRecord["status"]): boolean {
  return status === "canceled" || status === "incomplete_expired";
}

function oldValues(before: object, after: object): object {
  const current = new Map(Object.entries(after).map(([key, value]) => [key, JSON.stringify(value)]));
  return Object.fromEntries(
    Object.entries(before).filter(([key, value]) => JSON.stringify(value) !== current.get(key)),
  );
}
