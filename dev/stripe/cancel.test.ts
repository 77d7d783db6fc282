import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  failureOf,
  PRICE,
  type Rig,
  sessionParams,
  startRig,
  startWebhook,
  WEBHOOK_SECRET,
} from "./test-rig.ts";

let webhook: Awaited<ReturnType<typeof startWebhook>>;
let rig: Rig;

beforeAll(async () => {
  webhook = await startWebhook();
  rig = await startRig({ webhook: { url: webhook.url, secret: WEBHOOK_SECRET } });
});

afterAll(() => Promise.all([rig.close(), webhook.close()]));

test("a subscription is canceled over the API once, and the webhook hears of it", async () => {
  const { stripe, control } = rig;
  const { id: customer } = await stripe.customers.create();
  const { id } = await control<Stripe.Subscription>("/subscriptions", { customer });
  const options = { idempotencyKey: "cancel" };
  expect(await failureOf(stripe.subscriptions.cancel("sub_none"))).toMatchObject({
    statusCode: 404,
    code: "resource_missing",
  });
  const unknown = stripe.subscriptions.cancel(id, { cancellation_details: { comment: "?" } }, options);
  expect(await failureOf(unknown)).toMatchObject({ code: "parameter_unknown" });
  const canceled = await stripe.subscriptions.cancel(id, { invoice_now: true, prorate: false }, options);
  expect(canceled).toMatchObject({ id, status: "canceled", ended_at: expect.any(Number) });
  const [event] = await webhook.events();
  expect(event).toMatchObject({ type: "customer.subscription.deleted", data: { object: { id } } });
  // One that has ended is missing to a second cancel, and a DELETE's key replays nothing; it can still be read.
  expect(await failureOf(stripe.subscriptions.cancel(id, {}, options))).toMatchObject({
    statusCode: 404,
    code: "resource_missing",
  });
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "canceled" });
  expect(webhook.deliveries).toHaveLength(1);
});

test("a deleted customer is shown as such, pays no more, and is of no use", async () => {
  const { stripe, control } = rig;
  const { id: customer } = await stripe.customers.create();
  const { id } = await control<Stripe.Subscription>("/subscriptions", { customer });
  const session = await stripe.checkout.sessions.create(sessionParams(customer));
  const deleted = { id: customer, object: "customer", deleted: true };
  expect(await control(`/customers/${customer}/delete`, {})).toEqual(deleted);
  expect(await stripe.customers.retrieve(customer)).toMatchObject(deleted);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  const missing = { code: "resource_missing", param: "customer" };
  for (const use of [
    stripe.checkout.sessions.create(sessionParams(customer)),
    stripe.billingPortal.sessions.create({ customer }),
  ]) {
    expect(await failureOf(use)).toMatchObject(missing);
  }
  await expect(control(`/sessions/${session.id}/pay`, {})).rejects.toThrow("resource_missing");
});

test("a subscription may be at an older price", async () => {
  const { stripe, control } = rig;
  const { id: customer } = await stripe.customers.create();
  const { id } = await control<Stripe.Subscription>("/subscriptions", { customer, price: "price_old" });
  const at = async (price: string) =>
    (await stripe.subscriptions.list({ customer, price })).data.map((subscription) => subscription.id);
  expect([await at("price_old"), await at(PRICE.id)]).toEqual([[id], []]);
  const { items } = await stripe.subscriptions.retrieve(id);
  expect(items.data[0]?.price.id).toBe("price_old");
});
