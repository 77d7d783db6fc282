import { afterAll, beforeAll, expect, test } from "vitest";
import { PRICE, post, type Rig, sessionParams, startRig, startWebhook, WEBHOOK_SECRET } from "./test-rig.ts";

let webhook: Awaited<ReturnType<typeof startWebhook>>;
let rig: Rig;

beforeAll(async () => {
  webhook = await startWebhook();
  rig = await startRig({ webhook: { url: webhook.url, secret: WEBHOOK_SECRET } });
});

afterAll(() => Promise.all([rig.close(), webhook.close()]));

test("a customer subscribes, and the webhook hears of it", async () => {
  const { stripe } = rig;
  const customer = await stripe.customers.create({ name: "Études & Cie", metadata: { tenant: "t1" } });
  const session = await stripe.checkout.sessions.create({
    ...sessionParams(customer.id),
    client_reference_id: "t1",
    subscription_data: { metadata: { tenant: "t1" } },
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    customer_update: { address: "auto", name: "auto" },
    allow_promotion_codes: true,
    locale: "fr",
  });
  expect(session).toMatchObject({
    object: "checkout.session",
    status: "open",
    payment_status: "unpaid",
    amount_total: 2900,
    subscription: null,
    livemode: false,
  });
  expect(session.id).toMatch(/^cs_test_\w{58}$/);
  expect(session.expires_at - session.created).toBe(86_400);

  const answer = await post(session.url ?? "");
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`http://127.0.0.1:5173/done?session=${session.id}`);

  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription", "line_items"],
  });
  expect(paid).toMatchObject({ status: "complete", payment_status: "paid", url: null });
  expect(paid.line_items?.data[0]?.price?.id).toBe(PRICE.id);
  expect(paid.subscription).toMatchObject({ status: "active", metadata: { tenant: "t1" } });

  const { data } = await stripe.subscriptions.list({ customer: customer.id, expand: ["data.customer"] });
  const [subscription] = data;
  expect(subscription?.customer).toMatchObject({ id: customer.id, name: "Études & Cie" });
  const item = subscription?.items.data[0];
  expect(item?.price.unit_amount_decimal?.toString()).toBe("2900");
  expect((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)).toBeGreaterThan(27 * 86_400);

  const events = await webhook.events();
  expect(events.map(({ type }) => type).sort()).toEqual([
    "checkout.session.completed",
    "customer.subscription.created",
    "invoice.paid",
  ]);
  const completed = events.find(({ type }) => type === "checkout.session.completed");
  expect(completed).toMatchObject({ api_version: "2026-09-30.endive", livemode: false, pending_webhooks: 1 });
  expect(completed?.data.object).toMatchObject({ id: session.id, client_reference_id: "t1" });
  const invoice = events.find(({ type }) => type === "invoice.paid")?.data.object;
  expect(invoice).toMatchObject({ parent: { subscription_details: { subscription: subscription?.id } } });
});

test("paying twice subscribes once", async () => {
  const { stripe } = rig;
  const { id: customer } = await stripe.customers.create();
  const { url } = await stripe.checkout.sessions.create(sessionParams(customer));
  const answers = await Promise.all([post(url ?? ""), post(url ?? "")]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
});

test("an expired session can't be paid, and leaves the open ones", async () => {
  const { stripe } = rig;
  const { id: customer } = await stripe.customers.create();
  const session = await stripe.checkout.sessions.create(sessionParams(customer));
  const other = await stripe.checkout.sessions.create(sessionParams(customer));
  expect((await stripe.checkout.sessions.expire(session.id)).status).toBe("expired");
  await expect(stripe.checkout.sessions.expire(session.id)).rejects.toThrow("can be expired");
  await post(session.url ?? "");
  expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
  const open = await stripe.checkout.sessions.list({ customer, status: "open" });
  expect(open.data.map(({ id }) => id)).toEqual([other.id]);
  expect(await (await fetch(session.url ?? "")).text()).toContain("has expired");
});

test("the page speaks the session's language, else the browser's, and says what it is", async () => {
  const { stripe } = rig;
  const { id: customer } = await stripe.customers.create({ name: "<b>Cie</b>" });
  const page = async (locale?: "fr", acceptLanguage = "de, fr;q=0.3, en;q=0.5") => {
    const { url } = await stripe.checkout.sessions.create({
      ...sessionParams(customer),
      ...(locale && { locale }),
    });
    const answer = await fetch(url ?? "", { headers: { "accept-language": acceptLanguage } });
    return { text: await answer.text(), policy: answer.headers.get("content-security-policy") };
  };
  const english = await page();
  expect(english.text).toContain('<html lang="en">');
  expect(english.text).toContain("No card, no money.");
  expect(english.text).toContain("€29.00");
  expect(english.text).toContain("&lt;b&gt;Cie&lt;/b&gt;");
  expect(english.policy).toContain("default-src 'none'");
  expect(english.policy).toContain("form-action 'self' http://127.0.0.1:5173");
  const french = await page("fr");
  expect(french.text).toContain('<html lang="fr">');
  expect(french.text).toContain("Ni carte, ni argent.");
  expect((await page(undefined, "fr-CA")).text).toContain("Payer (test)");
});
