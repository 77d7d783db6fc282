import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { post, type Rig, startRig, startWebhook, WEBHOOK_SECRET } from "./test-rig.ts";

let webhook: Awaited<ReturnType<typeof startWebhook>>;
let rig: Rig;
let portal: string;
let id: string;

beforeAll(async () => {
  webhook = await startWebhook();
  rig = await startRig({ webhook: { url: webhook.url, secret: WEBHOOK_SECRET } });
  const { id: customer } = await rig.stripe.customers.create();
  id = (await rig.control<Stripe.Subscription>("/subscriptions", { customer })).id;
  const session = await rig.stripe.billingPortal.sessions.create({
    customer,
    return_url: "http://127.0.0.1:5173/billing",
    locale: "en",
  });
  portal = session.url;
});

afterAll(() => Promise.all([rig.close(), webhook.close()]));

/** Clicks, and returns the subscription with the types of the events that came. */
async function click(action: string) {
  const before = webhook.deliveries.length;
  const answer = await post(`${portal}/${id}/${action}`);
  expect(answer.status).toBe(303);
  const events = (await webhook.events()).slice(before);
  const subscription = await rig.stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  return { subscription, events, types: events.map(({ type }) => type).sort() };
}

async function buttons(): Promise<string[]> {
  const page = await (await fetch(portal)).text();
  return [...page.matchAll(/action="[^"]*\/([a-z-]+)"/g)].map((match) => match[1] ?? "");
}

test("a subscription is canceled for later and resumed", async () => {
  expect(await buttons()).toEqual(["fail-payment", "cancel-later", "cancel-now"]);
  const { subscription, events } = await click("cancel-later");
  const end = subscription.items.data[0]?.current_period_end;
  // As the real portal does under flexible billing: a date, and the flag stays false.
  expect(subscription).toMatchObject({ status: "active", cancel_at: end, cancel_at_period_end: false });
  expect(events[0]).toMatchObject({
    type: "customer.subscription.updated",
    data: { previous_attributes: { cancel_at: null, canceled_at: null } },
  });
  expect(await buttons()).toEqual(["resume", "cancel-now"]);
  const resumed = await click("resume");
  expect(resumed.subscription).toMatchObject({ cancel_at: null, canceled_at: null });
  expect(resumed.types).toEqual(["customer.subscription.updated"]);
});

test("a payment fails and is made good", async () => {
  const failed = await click("fail-payment");
  expect(failed.subscription.status).toBe("past_due");
  expect(failed.subscription.latest_invoice).toMatchObject({ status: "open", amount_remaining: 2900 });
  expect(failed.types).toEqual(["customer.subscription.updated", "invoice.payment_failed"]);
  expect(await buttons()).toEqual(["pay-invoice", "cancel-later", "cancel-now"]);
  const paid = await click("pay-invoice");
  expect(paid.subscription.status).toBe("active");
  expect(paid.subscription.latest_invoice).toMatchObject({ status: "paid", amount_remaining: 0 });
  expect(paid.types).toEqual(["customer.subscription.updated", "invoice.paid"]);
});

test("a subscription ends at once, and a button that no longer applies does nothing", async () => {
  const { subscription, types } = await click("cancel-now");
  expect(subscription).toMatchObject({ status: "canceled" });
  expect(subscription.ended_at).toBeGreaterThan(0);
  expect(types).toEqual(["customer.subscription.deleted"]);
  expect(await buttons()).toEqual([]);
  expect((await click("resume")).types).toEqual([]);
});

test("a portal shows its own customer's subscriptions only", async () => {
  const { id: customer } = await rig.stripe.customers.create();
  const other = await rig.control<Stripe.Subscription>("/subscriptions", { customer });
  expect((await post(`${portal}/${other.id}/cancel-now`)).status).toBe(404);
  expect((await rig.stripe.subscriptions.retrieve(other.id)).status).toBe("active");
  const missing = await fetch(`${rig.url}/p/session/bps_none`, { headers: { "accept-language": "fr" } });
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain("Cette page n’existe pas");
});
