import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Rig, sessionParams, startRig, WEBHOOK_SECRET } from "./test-rig.ts";

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});

afterAll(() => rig.close());

test("a test changes a subscription and delivers the event itself", async () => {
  const { stripe, control } = rig;
  const { id: customer } = await stripe.customers.create();
  const { id } = await control<Stripe.Subscription>("/subscriptions", {
    customer,
    "metadata[tenant]": "t1",
  });
  await control(`/subscriptions/${id}`, {
    status: "past_due",
    current_period_start: "1700000000",
    current_period_end: "1702592000",
    cancel_at_period_end: "true",
  });
  const { payload, signature } = await control<{ payload: string; signature: string }>("/events", {
    type: "customer.subscription.updated",
    object: id,
    created: "1700000001",
  });
  const event = await stripe.webhooks.constructEventAsync(payload, signature, WEBHOOK_SECRET);
  expect(event).toMatchObject({ object: "event", created: 1700000001, pending_webhooks: 0 });
  expect(event.data.object).toMatchObject({
    id,
    status: "past_due",
    cancel_at_period_end: true,
    cancel_at: 1702592000,
    metadata: { tenant: "t1" },
    items: { data: [{ current_period_start: 1700000000, current_period_end: 1702592000 }] },
  });
  const forged = payload.replace("past_due", "active");
  await expect(stripe.webhooks.constructEventAsync(forged, signature, WEBHOOK_SECRET)).rejects.toThrow(
    "signature",
  );
});

test("a test pays a session without its page", async () => {
  const { stripe, control } = rig;
  const { id: customer } = await stripe.customers.create();
  const { id } = await stripe.checkout.sessions.create(sessionParams(customer));
  const paid = await control<Stripe.Checkout.Session>(`/sessions/${id}/pay`, {});
  expect(paid).toMatchObject({ id, status: "complete", payment_status: "paid" });
  await expect(control(`/sessions/${id}/pay`, {})).rejects.toThrow("400");
});

test("the control endpoints need the key too", async () => {
  expect((await fetch(`${rig.url}/_control/requests`)).status).toBe(401);
});
