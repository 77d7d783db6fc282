import type { Account } from "./account.ts";
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { InvoiceRecord, SubscriptionRecord } from "./records.ts";

/** An invoice for the subscription's current period, which becomes its latest one. */
export function createInvoice(
  account: Account,
  subscription: SubscriptionRecord,
  { billingReason, isPaid }: { billingReason: InvoiceRecord["billingReason"]; isPaid: boolean },
): InvoiceRecord {
  const id = newId("in");
  const count = Object.values(account.records.invoices).filter(
    (invoice) => invoice.customer === subscription.customer,
  ).length;
  const invoice: InvoiceRecord = {
    id,
    line: newId("il"),
    number: `${subscription.customer.slice(-8).toUpperCase()}-${String(count + 1).padStart(4, "0")}`,
    created: now(),
    customer: subscription.customer,
    subscription: subscription.id,
    billingReason,
    periodStart: subscription.periodStart,
    periodEnd: subscription.periodEnd,
    paidAt: isPaid ? now() : null,
  };
  account.records.invoices[id] = invoice;
  subscription.latestInvoice = id;
  return invoice;
}

/** The subscription's latest invoice, if nobody has paid it. */
export function openInvoiceOf(account: Account, subscription: SubscriptionRecord): InvoiceRecord | null {
  const invoice = account.records.invoices[subscription.latestInvoice ?? ""];
  return invoice && invoice.paidAt === null ? invoice : null;
}
