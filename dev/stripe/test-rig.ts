import Stripe from "stripe";
import { serve } from "./serve.ts";
import { type StripeServer, type StripeServerOptions, startStripeServer } from "./start.ts";

export const SECRET_KEY = "sk_test_ancre";
export const WEBHOOK_SECRET = "whsec_ancre";
export const PRICE = { id: "price_pro", unitAmount: 2900, currency: "eur" };

/** The stand-in with the real SDK in front of it, for tests. */
export type Rig = StripeServer & {
  stripe: Stripe;
  /** Asks a control endpoint; a body makes it a POST. */
  control<T>(path: string, body?: Record<string, string>): Promise<T>;
};

/** Starts the stand-in with what tests need; without a webhook unless told. */
export async function startRig(options: Partial<StripeServerOptions> = {}): Promise<Rig> {
  const server = await startStripeServer({
    port: 0,
    stateFile: null,
    webhook: { url: null, secret: WEBHOOK_SECRET },
    secretKey: SECRET_KEY,
    price: PRICE,
    ...options,
  });
  const { hostname: host, port } = new URL(server.url);
  return {
    ...server,
    stripe: new Stripe(SECRET_KEY, { host, port, protocol: "http", maxNetworkRetries: 0 }),
    control: async (path, body) => {
      const response = await fetch(`${server.url}/_control${path}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: `Bearer ${SECRET_KEY}` },
        body: body ? new URLSearchParams(body) : null,
      });
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}

/** What a checkout session needs at least. */
export function sessionParams(customer: string): Stripe.Checkout.SessionCreateParams {
  return {
    mode: "subscription",
    customer,
    line_items: [{ price: PRICE.id, quantity: 1 }],
    success_url: "http://127.0.0.1:5173/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://127.0.0.1:5173/plans",
  };
}

/** Posts a page's form without following the redirect. */
export function post(url: string): Promise<Response> {
  return fetch(url, { method: "POST", redirect: "manual" });
}

/** A webhook that keeps what it gets; it refuses the first `refusals` deliveries. */
export async function startWebhook({ refusals = 0 } = {}) {
  const deliveries: { payload: string; signature: string; at: number }[] = [];
  const server = await serve(async (request) => {
    const signature = request.headers.get("stripe-signature") ?? "";
    deliveries.push({ payload: await request.text(), signature, at: Date.now() });
    return new Response(null, { status: deliveries.length <= refusals ? 500 : 200 });
  }, 0);
  return {
    deliveries,
    url: `http://127.0.0.1:${server.port}/webhooks/stripe`,
    close: server.close,
    /** The events received, verified by the SDK. */
    events: () =>
      Promise.all(
        deliveries.map(({ payload, signature }) =>
          Stripe.webhooks.constructEventAsync(payload, signature, WEBHOOK_SECRET),
        ),
      ),
  };
}

/** The error that a call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error(`expected a StripeError, got ${error}`);
  return error;
}
