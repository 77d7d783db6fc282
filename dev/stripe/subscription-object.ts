import type Stripe from "stripe";
import type { PriceOption } from "./account.ts";
import { wholeList } from "./object-list.ts";
import { planObject, priceObject } from "./prices.ts";
import type { SubscriptionRecord } from "./records.ts";

/** The subscription as the API answers it; in this version the period is on its item. */
export function subscriptionObject(record: SubscriptionRecord, sold: PriceOption): Stripe.Subscription {
  const price = { ...sold, id: record.price ?? sold.id };
  return {
    id: record.id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      disabled_reason: null,
      enabled: record.automaticTax,
      liability: record.automaticTax ? { type: "self" } : null,
    },
    billing_cycle_anchor: record.billingCycleAnchor,
    billing_cycle_anchor_config: null,
    billing_mode: { type: "flexible", flexible: { proration_discounts: "included" } },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: record.cancelAt,
    cancel_at_period_end: record.cancelAtPeriodEnd,
    canceled_at: record.canceledAt,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: record.canceledAt === null ? null : "cancellation_requested",
    },
    collection_method: "charge_automatically",
    created: record.created,
    currency: price.currency,
    customer: record.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: record.description,
    discounts: [],
    ended_at: record.endedAt,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: wholeList([itemObject(record, price)], `/v1/subscription_items?subscription=${record.id}`),
    latest_invoice: record.latestInvoice,
    livemode: false,
    managed_payments: null,
    metadata: record.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: record.created,
    status: record.status,
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" },
    },
    trial_start: null,
  };
}

function itemObject(record: SubscriptionRecord, price: PriceOption): Stripe.SubscriptionItem {
  return {
    id: record.item,
    object: "subscription_item",
    billing_thresholds: null,
    created: record.created,
    current_period_end: record.periodEnd,
    current_period_start: record.periodStart,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planObject(price),
    price: priceObject(price),
    quantity: record.quantity,
    subscription: record.id,
    tax_rates: [],
  };
}
