import { z } from "zod";
import type { Account } from "./account.ts";
import { ApiError, noSuch } from "./api-error.ts";
import { now } from "./clock.ts";
import { requireCustomer } from "./customers.ts";
import type { FormParams } from "./form-body.ts";
import { newId } from "./ids.ts";
import { boolean, expand, integer, list, locale, metadata, page, readParams, text, url } from "./params.ts";
import { type CheckoutSessionRecord, recordOf } from "./records.ts";

const LIFETIME = 24 * 3600;

const autoOrNever = z.enum(["auto", "never"]).optional();

const createParams = z.strictObject({
  mode: z.enum(["subscription"]),
  customer: text,
  line_items: list(
    z.strictObject({ price: text, quantity: integer.pipe(z.number().min(1)), metadata: metadata.optional() }),
  ).refine((items) => items.length === 1, "this stand-in takes one line item"),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: text.max(200).optional(),
  metadata: metadata.default({}),
  subscription_data: z
    .strictObject({ metadata: metadata.default({}), description: text.max(500).optional() })
    .optional(),
  locale: locale.optional(),
  allow_promotion_codes: boolean.optional(),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  customer_update: z
    .strictObject({ address: autoOrNever, name: autoOrNever, shipping: autoOrNever })
    .optional(),
  tax_id_collection: z
    .strictObject({ enabled: boolean, required: z.enum(["if_supported", "never"]).optional() })
    .optional(),
  expand,
});

const listParams = z.strictObject({
  customer: text.optional(),
  subscription: text.optional(),
  status: z.enum(["open", "complete", "expired"]).optional(),
  ...page,
  expand,
});

/** @throws ApiError when a parameter is refused */
export function createCheckoutSession(account: Account, params: FormParams): CheckoutSessionRecord {
  const values = readParams(createParams, params);
  const [lineItem] = values.line_items;
  requireCustomer(account, values.customer);
  if (lineItem?.price !== account.price.id) {
    throw noSuch("price", String(lineItem?.price), "line_items[0][price]");
  }
  requireCustomerUpdates(values);

  const created = now();
  const session: CheckoutSessionRecord = {
    id: newId("cs_test"),
    created,
    expiresAt: created + LIFETIME,
    status: "open",
    customer: values.customer,
    lineItem: newId("li"),
    quantity: lineItem.quantity,
    successUrl: values.success_url,
    cancelUrl: values.cancel_url ?? null,
    clientReferenceId: values.client_reference_id ?? null,
    metadata: values.metadata,
    subscriptionMetadata: values.subscription_data?.metadata ?? {},
    subscriptionDescription: values.subscription_data?.description ?? null,
    locale: values.locale ?? null,
    allowPromotionCodes: values.allow_promotion_codes ?? null,
    automaticTax: values.automatic_tax?.enabled ?? false,
    billingAddressCollection: values.billing_address_collection ?? null,
    taxIdCollection: values.tax_id_collection?.enabled ?? false,
    subscription: null,
    invoice: null,
  };
  account.records.checkoutSessions[session.id] = session;
  return session;
}

/** Stripe computes no tax and takes no tax id for a customer whom Checkout may not update. */
function requireCustomerUpdates(values: z.output<typeof createParams>): void {
  if (values.automatic_tax?.enabled && values.customer_update?.address !== "auto") {
    throw new ApiError(
      "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set `customer_update[address]` to 'auto'.",
      { code: "customer_tax_location_invalid", isValidation: true },
    );
  }
  if (values.tax_id_collection?.enabled && values.customer_update?.name !== "auto") {
    throw new ApiError(
      "Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.",
      { isValidation: true },
    );
  }
}

/**
 * A session, expired if its time is over.
 *
 * @throws ApiError when there is none
 */
export function findCheckoutSession(account: Account, id: string): CheckoutSessionRecord {
  const session = recordOf(account.records.checkoutSessions, id);
  if (!session) throw noSuch("checkout.session", id);
  if (session.status === "open" && session.expiresAt <= now()) session.status = "expired";
  return session;
}

/**
 * The sessions that a list request asks for, newest first.
 *
 * @throws ApiError when a parameter is refused
 */
export function listCheckoutSessions(account: Account, params: FormParams) {
  const { customer, subscription, status, ...page } = readParams(listParams, params);
  const matches = Object.keys(account.records.checkoutSessions)
    .reverse()
    .map((id) => findCheckoutSession(account, id))
    .filter(
      (session) =>
        (customer === undefined || session.customer === customer) &&
        (subscription === undefined || session.subscription === subscription) &&
        (status === undefined || session.status === status),
    );
  return { matches, page };
}

/** @throws ApiError when the session isn't open */
export function expireCheckoutSession(account: Account, id: string): CheckoutSessionRecord {
  const session = findCheckoutSession(account, id);
  if (session.status !== "open") {
    throw new ApiError(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  session.status = "expired";
  return session;
}
