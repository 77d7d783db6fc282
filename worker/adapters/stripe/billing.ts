import type Stripe from "stripe";
import {
  type BillingEvent,
  BillingFailure,
  type BillingProvider,
  ForgedBillingEvent,
} from "../../ports/billing.ts";
import { cancelSubscriptions, unlessGone } from "./cancel.ts";
import { openPaymentPage } from "./payment-page.ts";
import { toSubscription } from "./subscription.ts";

export type StripeOptions = {
  secretKey: string;
  webhookSecret: string;
  /** Prices of the paid plan: the first is sold, the others are honoured. */
  priceIds: string[];
  /** Where the dashboard is; people come back to its `/plan`. */
  dashboardUrl: string;
  /** Another server than Stripe's: the local stand-in. */
  apiUrl?: string | undefined;
};

/** Milliseconds until a call without an answer is given up; the SDK's own default is eighty seconds. */
const TIMEOUT_MS = 15_000;

/** Bills through Stripe. The SDK is loaded at the first call: most requests never pay. */
export function createStripeBilling(options: StripeOptions): BillingProvider {
  const [sold] = options.priceIds;
  if (!sold) throw new Error("Stripe needs a price to sell.");
  let loaded: Promise<{ stripe: Stripe; isStripeError(error: unknown): boolean }> | undefined;
  const load = () => {
    loaded ??= import("stripe").then(({ default: Client }) => ({
      stripe: new Client(options.secretKey, {
        timeout: TIMEOUT_MS,
        maxNetworkRetries: 1,
        telemetry: false,
        ...server(options.apiUrl),
      }),
      isStripeError: (error: unknown) => error instanceof Client.errors.StripeError,
    }));
    return loaded;
  };
  const call = async <T>(make: (stripe: Stripe) => Promise<T>): Promise<T> => {
    const { stripe, isStripeError } = await load();
    return make(stripe).catch((error: unknown) => {
      throw isStripeError(error) ? new BillingFailure(String(error), { cause: error }) : error;
    });
  };
  const back = (state: string) => new URL(`/plan?checkout=${state}`, options.dashboardUrl).href;

  return {
    testMode: !/^(sk|rk)_live_/.test(options.secretKey),
    createCustomer: ({ id, name, replaces }) =>
      call(async (stripe) => {
        const customer = await stripe.customers.create(
          { name, metadata: { tenant_id: id } },
          { idempotencyKey: `ancre-customer-${id}-${replaces ?? "first"}-${keyPart(name)}` },
        );
        return customer.id;
      }),
    openCheckout: ({ customerId, tenantId, locale, requestId }) =>
      call(async (stripe) => {
        const session = await openPaymentPage(stripe, {
          customerId,
          tenantId,
          locale,
          priceId: sold,
          successUrl: back("done"),
          cancelUrl: back("canceled"),
          idempotencyKey: `ancre-checkout-${requestId}`,
        });
        if (!session.url) throw new BillingFailure(`session ${session.id} has no page`);
        return session.url;
      }),
    openPortal: ({ customerId, locale, requestId }) =>
      call(async (stripe) => {
        const session = await stripe.billingPortal.sessions.create(
          { customer: customerId, locale, return_url: new URL("/plan", options.dashboardUrl).href },
          { idempotencyKey: `ancre-portal-${requestId}` },
        );
        return session.url;
      }),
    cancelSubscriptions: (customerId) => call((stripe) => cancelSubscriptions(stripe, customerId)),
    price: () =>
      call(async (stripe) => {
        const { unit_amount, currency, recurring } = await stripe.prices.retrieve(sold);
        if (unit_amount === null || !recurring) throw new BillingFailure(`${sold} is no plain subscription`);
        return { amount: unit_amount / 100, currency: currency.toUpperCase(), interval: recurring.interval };
      }),
    readAccount: (customerId) =>
      call(async (stripe) => {
        const [customer, subscriptions] = await Promise.all([
          stripe.customers.retrieve(customerId),
          unlessGone(stripe.subscriptions.list({ customer: customerId, status: "all", limit: 20 })),
        ]);
        if (customer.deleted || !subscriptions) return null;
        return {
          customerId,
          tenantId: customer.metadata.tenant_id ?? null,
          subscriptions: subscriptions.data.map((subscription) =>
            toSubscription(subscription, options.priceIds),
          ),
        };
      }),
    async readEvent(body, signature) {
      const { stripe } = await load();
      const event = await stripe.webhooks
        .constructEventAsync(body, signature, options.webhookSecret)
        .catch((error: unknown) => {
          throw new ForgedBillingEvent("the signature doesn't hold", { cause: error });
        });
      return toEvent(event);
    },
  };
}

/** A name as an idempotency key may hold it: with another name it is another request. */
function keyPart(name: string): string {
  return encodeURIComponent(name).slice(0, 100);
}

function server(apiUrl: string | undefined) {
  if (!apiUrl) return {};
  const { hostname, port, protocol } = new URL(apiUrl);
  return { host: hostname, port, protocol: protocol === "https:" ? ("https" as const) : ("http" as const) };
}

function toEvent(event: Stripe.Event): BillingEvent {
  const object = event.data.object as {
    object?: string;
    id?: string;
    customer?: string | { id: string } | null;
  };
  const customer = object.object === "customer" ? object.id : object.customer;
  const customerId = typeof customer === "object" ? customer?.id : customer;
  return { id: event.id, type: event.type, customerId: customerId ?? null };
}
