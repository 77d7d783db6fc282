import type { Account } from "./account.ts";
import { ApiError } from "./api-error.ts";
import { checkoutSessionObject } from "./checkout-session-object.ts";
import { findCheckoutSession } from "./checkout-sessions.ts";
import { requireCustomer } from "./customers.ts";
import { announce } from "./events.ts";
import { invoiceObject } from "./invoice-object.ts";
import { createInvoice } from "./invoices.ts";
import type { CheckoutSessionRecord } from "./records.ts";
import { subscriptionObject } from "./subscription-object.ts";
import { createSubscription } from "./subscriptions.ts";

/**
 * Pays an open checkout session: the subscription begins, its first invoice is paid, the session is complete.
 * Resolves when the webhook has had its first attempts.
 *
 * @throws ApiError when the session isn't open, or its customer was deleted
 */
export async function payCheckoutSession(account: Account, id: string): Promise<CheckoutSessionRecord> {
  const session = findCheckoutSession(account, id);
  if (session.status !== "open") {
    throw new ApiError(`This Checkout Session has a status of \`${session.status}\` and can't be paid.`);
  }
  requireCustomer(account, session.customer);
  const subscription = createSubscription(account, {
    customer: session.customer,
    quantity: session.quantity,
    metadata: session.subscriptionMetadata,
    description: session.subscriptionDescription,
    automaticTax: session.automaticTax,
  });
  const invoice = createInvoice(account, subscription, {
    billingReason: "subscription_create",
    isPaid: true,
  });
  Object.assign(session, { status: "complete", subscription: subscription.id, invoice: invoice.id });
  await announce(account, [
    { type: "customer.subscription.created", object: subscriptionObject(subscription, account.price) },
    { type: "invoice.paid", object: invoiceObject(account, invoice) },
    { type: "checkout.session.completed", object: checkoutSessionObject(account, session) },
  ]);
  return session;
}

/** Where the buyer goes after paying. */
export function successUrl({ successUrl, id }: CheckoutSessionRecord): string {
  return successUrl.replaceAll("{CHECKOUT_SESSION_ID}", id);
}
