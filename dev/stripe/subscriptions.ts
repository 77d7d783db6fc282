import { z } from "zod";
import type { Account } from "./account.ts";
import { noSuch } from "./api-error.ts";
import { monthAfter, now } from "./clock.ts";
import type { FormParams } from "./form-body.ts";
import { newId } from "./ids.ts";
import { expand, page, readParams, text } from "./params.ts";
import { recordOf, type SubscriptionRecord, subscriptionStatus } from "./records.ts";
import { isOver } from "./subscription-changes.ts";

type NewSubscription = Pick<SubscriptionRecord, "customer"> &
  Partial<
    Pick<SubscriptionRecord, "price" | "quantity" | "status" | "metadata" | "description" | "automaticTax">
  >;

const listParams = z.strictObject({
  customer: text.optional(),
  price: text.optional(),
  status: z.enum([...subscriptionStatus.options, "all", "ended"]).optional(),
  ...page,
  expand,
});

/** A subscription whose first month begins now. Without an invoice: that comes with the payment. */
export function createSubscription(account: Account, values: NewSubscription): SubscriptionRecord {
  const created = now();
  const isOver = values.status === "canceled";
  const subscription: SubscriptionRecord = {
    id: newId("sub"),
    item: newId("si"),
    created,
    price: null,
    quantity: 1,
    status: "active",
    metadata: {},
    description: null,
    automaticTax: false,
    ...values,
    billingCycleAnchor: created,
    periodStart: created,
    periodEnd: monthAfter(created),
    cancelAt: null,
    cancelAtPeriodEnd: false,
    canceledAt: isOver ? created : null,
    endedAt: isOver ? created : null,
    latestInvoice: null,
  };
  account.records.subscriptions[subscription.id] = subscription;
  return subscription;
}

/** @throws ApiError when there is none */
export function findSubscription(account: Account, id: string): SubscriptionRecord {
  const subscription = recordOf(account.records.subscriptions, id);
  if (!subscription) throw noSuch("subscription", id);
  return subscription;
}

/**
 * A subscription that can still be ended.
 *
 * @throws ApiError when there is none, or it has ended: as Stripe does, with the words for one that never was
 */
export function findRunningSubscription(account: Account, id: string): SubscriptionRecord {
  const subscription = findSubscription(account, id);
  if (isOver(subscription.status)) throw noSuch("subscription", id);
  return subscription;
}

/** A customer's subscriptions, newest first, canceled ones too. */
export function subscriptionsOf(account: Account, customer: string): SubscriptionRecord[] {
  return newestFirst(account).filter((subscription) => subscription.customer === customer);
}

/**
 * The subscriptions that a list request asks for, newest first.
 *
 * @throws ApiError when a parameter is refused
 */
export function listSubscriptions(account: Account, params: FormParams) {
  const { customer, price, status, ...page } = readParams(listParams, params);
  const matches = newestFirst(account).filter(
    (subscription) =>
      (customer === undefined || subscription.customer === customer) &&
      (price === undefined || (subscription.price ?? account.price.id) === price) &&
      matchesStatus(subscription, status),
  );
  return { matches, page };
}

function matchesStatus({ status }: SubscriptionRecord, asked: string | undefined): boolean {
  if (asked === undefined) return status !== "canceled";
  if (asked === "ended") return isOver(status);
  return asked === "all" || status === asked;
}

function newestFirst(account: Account): SubscriptionRecord[] {
  return Object.values(account.records.subscriptions).reverse();
}
