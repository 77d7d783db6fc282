import type Stripe from "stripe";

/** Closes a customer's open payment pages, which could still be paid, then ends every subscription that isn't over. */
export async function cancelSubscriptions(stripe: Stripe, customer: string): Promise<void> {
  const pages = await unlessGone(stripe.checkout.sessions.list({ customer, status: "open", limit: 100 }));
  for (const { id } of pages?.data ?? []) await unlessGone(stripe.checkout.sessions.expire(id));
  // Without a status: all but the canceled ones.
  const found = stripe.subscriptions.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1_000 });
  for (const { id, status } of (await unlessGone(found)) ?? []) {
    if (status === "incomplete_expired") continue;
    // A second cancel finds none: to it Stripe says that there is no such subscription.
    await unlessGone(stripe.subscriptions.cancel(id, {}, { idempotencyKey: `ancre-cancel-${id}` }));
  }
}

/** The answer; null when what the call names is gone. */
export function unlessGone<T>(call: Promise<T>): Promise<T | null> {
  return call.catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "resource_missing") return null;
    throw error;
  });
}
