import type Stripe from "stripe";
import { type Account, PRODUCT } from "./account.ts";
import { findCustomer } from "./customers.ts";
import { type ObjectList, wholeList } from "./object-list.ts";
import { priceObject } from "./prices.ts";
import type { CheckoutSessionRecord } from "./records.ts";

/** The session as the API answers it; its line items come with `expand` alone. */
export function checkoutSessionObject(
  account: Account,
  record: CheckoutSessionRecord,
): Stripe.Checkout.Session {
  const { name, email } = findCustomer(account, record.customer);
  const total = account.price.unitAmount * record.quantity;
  const isComplete = record.status === "complete";
  return {
    ...BLANK,
    id: record.id,
    allow_promotion_codes: record.allowPromotionCodes,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: {
      enabled: record.automaticTax,
      liability: record.automaticTax ? { type: "self" } : null,
      provider: record.automaticTax ? "stripe" : null,
      status: record.automaticTax ? (isComplete ? "complete" : "requires_location_inputs") : null,
    },
    billing_address_collection: record.billingAddressCollection,
    cancel_url: record.cancelUrl,
    client_reference_id: record.clientReferenceId,
    created: record.created,
    currency: account.price.currency,
    customer: record.customer,
    customer_details: {
      address: null,
      business_name: null,
      email,
      individual_name: null,
      name: isComplete ? name : null,
      phone: null,
      tax_exempt: isComplete ? "none" : null,
      tax_ids: isComplete ? [] : null,
    },
    expires_at: record.expiresAt,
    invoice: record.invoice,
    locale: record.locale,
    metadata: record.metadata,
    payment_status: isComplete ? "paid" : "unpaid",
    status: record.status,
    subscription: record.subscription,
    success_url: record.successUrl,
    tax_id_collection: { enabled: record.taxIdCollection, required: "never" },
    url: record.status === "open" ? `${account.url}/c/pay/${record.id}` : null,
  };
}

/** What the session sells. */
export function lineItemsObject(
  { price }: Account,
  record: CheckoutSessionRecord,
): ObjectList<Stripe.LineItem> {
  const total = price.unitAmount * record.quantity;
  const item: Stripe.LineItem = {
    id: record.lineItem,
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency: price.currency,
    description: PRODUCT.name,
    metadata: {},
    price: priceObject(price),
    quantity: record.quantity,
  };
  return wholeList([item], `/v1/checkout/sessions/${record.id}/line_items`);
}

/** What is the same on every session here. */
const BLANK = {
  object: "checkout.session",
  adaptive_pricing: null,
  after_expiration: null,
  allowed_payment_method_types: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  customer_creation: null,
  customer_email: null,
  discounts: [],
  integration_identifier: null,
  invoice_creation: null,
  livemode: false,
  managed_payments: null,
  mode: "subscription",
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: "always",
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ["card"],
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  submit_type: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: "hosted_page",
  wallet_options: null,
} satisfies Partial<Stripe.Checkout.Session>;
