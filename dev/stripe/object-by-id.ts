import type { Account } from "./account.ts";
import { checkoutSessionObject } from "./checkout-session-object.ts";
import { findCheckoutSession } from "./checkout-sessions.ts";
import { customerObject, findCustomer } from "./customers.ts";
import { invoiceObject } from "./invoice-object.ts";
import { recordOf } from "./records.ts";
import { subscriptionObject } from "./subscription-object.ts";
import { findSubscription } from "./subscriptions.ts";

/** The API's object of an id, as it is now; null when the stand-in knows no such kind or no such id. */
export function objectById(account: Account, id: string): object | null {
  const { records, price } = account;
  if (Object.hasOwn(records.customers, id)) return customerObject(findCustomer(account, id));
  if (Object.hasOwn(records.subscriptions, id))
    return subscriptionObject(findSubscription(account, id), price);
  if (Object.hasOwn(records.checkoutSessions, id)) {
    return checkoutSessionObject(account, findCheckoutSession(account, id));
  }
  const invoice = recordOf(records.invoices, id);
  return invoice ? invoiceObject(account, invoice) : null;
}
