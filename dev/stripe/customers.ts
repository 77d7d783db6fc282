import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "./account.ts";
import { noSuch } from "./api-error.ts";
import { now } from "./clock.ts";
import type { FormParams } from "./form-body.ts";
import { newId } from "./ids.ts";
import { expand, metadata, readParams } from "./params.ts";
import { type CustomerRecord, recordOf } from "./records.ts";

const createParams = z.strictObject({
  name: z.string().max(256).optional(),
  email: z.string().max(512).optional(),
  metadata: metadata.default({}),
  expand,
});

/** @throws ApiError when a parameter is refused */
export function createCustomer(account: Account, params: FormParams): CustomerRecord {
  const { name, email, metadata } = readParams(createParams, params);
  const customer = { id: newId("cus"), created: now(), name: name || null, email: email || null, metadata };
  account.records.customers[customer.id] = customer;
  return customer;
}

/**
 * @param param the parameter that carries the id; without it the id was in the path
 * @throws ApiError when there is none
 */
export function findCustomer(account: Account, id: string, param?: string): CustomerRecord {
  const customer = recordOf(account.records.customers, id);
  if (!customer) throw noSuch("customer", id, param);
  return customer;
}

/** The customer as the API answers it. */
export function customerObject({ id, created, name, email, metadata }: CustomerRecord): Stripe.Customer {
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
