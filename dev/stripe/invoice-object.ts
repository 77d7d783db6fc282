import Stripe from "stripe";
import { type Account, PRODUCT } from "./account.ts";
import { noSuch } from "./api-error.ts";
import { findCustomer } from "./customers.ts";
import { wholeList } from "./object-list.ts";
import type { InvoiceRecord, SubscriptionRecord } from "./records.ts";

/** The invoice as events carry it. */
export function invoiceObject(account: Account, record: InvoiceRecord): Stripe.Invoice {
  const customer = findCustomer(account, record.customer);
  const subscription = account.records.subscriptions[record.subscription];
  if (!subscription) throw noSuch("subscription", record.subscription);
  const total = account.price.unitAmount * subscription.quantity;
  const isPaid = record.paidAt !== null;
  return {
    ...BLANK,
    id: record.id,
    amount_due: total,
    amount_paid: isPaid ? total : 0,
    amount_remaining: isPaid ? 0 : total,
    attempt_count: 1,
    attempted: true,
    auto_advance: !isPaid,
    automatic_tax: {
      disabled_reason: null,
      enabled: subscription.automaticTax,
      liability: subscription.automaticTax ? { type: "self" } : null,
      provider: subscription.automaticTax ? "stripe" : null,
      status: subscription.automaticTax ? "complete" : null,
    },
    billing_reason: record.billingReason,
    created: record.created,
    currency: account.price.currency,
    customer: record.customer,
    customer_email: customer.email,
    customer_name: customer.name,
    effective_at: record.created,
    ending_balance: 0,
    lines: wholeList([lineObject(account, record, subscription, total)], `/v1/invoices/${record.id}/lines`),
    next_payment_attempt: isPaid ? null : record.created + 3 * 86_400,
    number: record.number,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: record.subscription },
      type: "subscription_details",
    },
    period_end: record.created,
    period_start: record.created,
    status: isPaid ? "paid" : "open",
    status_transitions: {
      finalized_at: record.created,
      marked_uncollectible_at: null,
      paid_at: record.paidAt,
      voided_at: null,
    },
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
  };
}

function lineObject(
  { price }: Account,
  record: InvoiceRecord,
  subscription: SubscriptionRecord,
  amount: number,
): Stripe.InvoiceLineItem {
  return {
    id: record.line,
    object: "line_item",
    amount,
    currency: price.currency,
    description: `${subscription.quantity} × ${PRODUCT.name}`,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: record.id,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: subscription.id,
        subscription_item: subscription.item,
      },
      type: "subscription_item_details",
    },
    period: { start: record.periodStart, end: record.periodEnd },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: PRODUCT.id },
      type: "price_details",
      unit_amount_decimal: Stripe.Decimal.from(price.unitAmount),
    },
    quantity: subscription.quantity,
    quantity_decimal: Stripe.Decimal.from(subscription.quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}

/** What is the same on every invoice here. */
const BLANK = {
  object: "invoice",
  account_country: "FR",
  account_name: "Ancre",
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_shipping: 0,
  application: null,
  automatically_finalizes_at: null,
  collection_method: "charge_automatically",
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: "none",
  customer_tax_ids: [],
  default_payment_method: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  due_date: null,
  footer: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: "self" },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  metadata: {},
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  test_clock: null,
  total_discount_amounts: [],
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
} satisfies Partial<Stripe.Invoice>;
