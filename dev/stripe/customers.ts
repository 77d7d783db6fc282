import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "./account.ts";
import { noSuch } from "./api-error.ts";
import { now } from "./clock.ts";
import type { Change } from "./events.ts";
import type { FormParams } from "./form-body.ts";
import { newId } from "./ids.ts";
import { expand, metadata, readParams } from "./params.ts";
import { type CustomerRecord, recordOf } from "./records.ts";
import { endSubscription, isOver } from "./subscription-changes.ts";
import { subscriptionsOf } from "./subscriptions.ts";

const createParams = z.strictObject({
  name: z.string().max(256).optional(),
  email: z.string().max(512).optional(),
  metadata: metadata.default({}),
  expand,
});

/** @throws ApiError when a parameter is refused */
export function createCustomer(account: Account, params: FormParams): CustomerRecord {
  const { name, email, metadata } = readParams(createParams, params);
  const customer: CustomerRecord = {
    id: newId("cus"),
    created: now(),
    name: name || null,
    email: email || null,
    metadata,
    deleted: false,
  };
  account.records.customers[customer.id] = customer;
  return customer;
}

/**
 * A customer, also one that was deleted.
 *
 * @throws ApiError when there is none
 */
export function findCustomer(account: Account, id: string): CustomerRecord {
  const customer = recordOf(account.records.customers, id);
  if (!customer) throw noSuch("customer", id);
  return customer;
}

/**
 * A customer that something can be made for.
 *
 * @throws ApiError when there is none, or it was deleted
 */
export function requireCustomer(account: Account, id: string): CustomerRecord {
  const customer = recordOf(account.records.customers, id);
  if (!customer || customer.deleted) throw noSuch("customer", id, "customer");
  return customer;
}

/** Deletes a customer, whose subscriptions end by it; the changes are for the webhook. */
export function deleteCustomer(account: Account, customer: CustomerRecord): Change[] {
  customer.deleted = true;
  return subscriptionsOf(account, customer.id)
    .filter(({ status }) => !isOver(status))
    .map((subscription) => endSubscription(account, subscription));
}

/** The customer as the API answers it. */
export function customerObject(record: CustomerRecord): Stripe.Customer | Stripe.DeletedCustomer {
  const { id, created, name, email, metadata } = record;
  if (record.deleted) return { id, object: "customer", deleted: true };
  return {
    id,
    object: "customer",
    address: null,
    balance: 0,
    created,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata,
    name,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}
