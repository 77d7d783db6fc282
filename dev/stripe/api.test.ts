import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseForm } from "./form-body.ts";
import { failureOf, PRICE, type Rig, sessionParams, startRig } from "./test-rig.ts";

let rig: Rig;
let customer: string;

beforeAll(async () => {
  rig = await startRig();
  customer = (await rig.stripe.customers.create({ email: "a@example.org" })).id;
});

afterAll(() => rig.close());

test("forms are read as Stripe reads them", () => {
  const params = parseForm("a=1&b[c][d]=2&l[0][x]=3&l[1]=4&m[]=5&m[]=6&e=%C3%A9%26+x&n[__proto__]=7");
  expect(JSON.parse(JSON.stringify(params))).toEqual(
    JSON.parse(
      '{"a":"1","b":{"c":{"d":"2"}},"l":{"0":{"x":"3"},"1":"4"},"m":{"0":"5","1":"6"},"e":"é& x","n":{"__proto__":"7"}}',
    ),
  );
  expect(() => parseForm("a=1&a[b]=2")).toThrow("Invalid parameter");
  expect(() => parseForm("a[b=2")).toThrow("Invalid parameter");
});

test("what isn't known or allowed is refused as Stripe refuses it", async () => {
  const create = (more: object) =>
    failureOf(rig.stripe.checkout.sessions.create({ ...sessionParams(customer), ...more }));
  const refusal = { statusCode: 400, rawType: "invalid_request_error" };
  expect(await create({ colour: "red" })).toMatchObject({
    ...refusal,
    code: "parameter_unknown",
    param: "colour",
    message: "Received unknown parameter: colour",
  });
  expect(await create({ line_items: [{ price: PRICE.id, quantity: 1, size: 3 }] })).toMatchObject({
    code: "parameter_unknown",
    param: "line_items[0][size]",
  });
  expect(await create({ line_items: [{ price: PRICE.id }] })).toMatchObject({
    code: "parameter_missing",
    param: "line_items[0][quantity]",
  });
  expect(await create({ line_items: [{ price: PRICE.id, quantity: "two" }] })).toMatchObject({
    code: "parameter_invalid_integer",
  });
  expect(await create({ line_items: [{ price: "price_other", quantity: 1 }] })).toMatchObject({
    ...refusal,
    code: "resource_missing",
    param: "line_items[0][price]",
  });
  expect(await create({ customer: "cus_none" })).toMatchObject({ ...refusal, param: "customer" });
  expect(await create({ customer: "" })).toMatchObject({ code: "parameter_invalid_empty" });
  expect(await create({ mode: "payment" })).toMatchObject({ ...refusal, param: "mode" });
  expect(await create({ success_url: "/done" })).toMatchObject({ code: "url_invalid" });
  expect((await create({ automatic_tax: { enabled: true } })).message).toContain("customer_update[address]");
  expect((await create({ metadata: { k: "x".repeat(501) } })).param).toBe("metadata[k]");
  expect((await create({ expand: ["price"] })).message).toBe("This property cannot be expanded (price).");
});

test("ids that name nothing are 404, keys that open nothing 401", async () => {
  const missing = await failureOf(rig.stripe.customers.retrieve("cus_none"));
  expect(missing).toMatchObject({ statusCode: 404, code: "resource_missing" });
  expect(missing.requestId).toMatch(/^req_/);
  expect(await failureOf(rig.stripe.products.list())).toMatchObject({ statusCode: 404 });
  expect(await failureOf(rig.stripe.subscriptions.retrieve("constructor"))).toMatchObject({
    statusCode: 404,
  });

  const { hostname: host, port } = new URL(rig.url);
  const stranger = new Stripe("sk_test_other", { host, port, protocol: "http" });
  expect(await failureOf(stranger.customers.create())).toMatchObject({ statusCode: 401 });
});

test("the price is the one it was started with", async () => {
  const price = await rig.stripe.prices.retrieve(PRICE.id);
  expect(price).toMatchObject({ currency: "eur", unit_amount: 2900, recurring: { interval: "month" } });
  expect(typeof price.product).toBe("string");
});

test("lists are newest first, in pages, without what was canceled unless asked for", async () => {
  const { stripe, control } = rig;
  const made: string[] = [];
  for (const status of ["active", "canceled", "past_due", "active"]) {
    made.unshift((await control<Stripe.Subscription>("/subscriptions", { customer, status })).id);
  }
  const ids = async (params: Stripe.SubscriptionListParams) =>
    (await stripe.subscriptions.list({ customer, ...params })).data.map(({ id }) => id);
  expect(await ids({ status: "all" })).toEqual(made);
  expect(await ids({})).toEqual([made[0], made[1], made[3]]);
  expect(await ids({ status: "active" })).toEqual([made[0], made[3]]);
  expect(await ids({ status: "canceled" })).toEqual([made[2]]);
  const walked: string[] = [];
  for await (const { id } of stripe.subscriptions.list({ customer, status: "all", limit: 1 }))
    walked.push(id);
  expect(walked).toEqual(made);
  expect((await stripe.subscriptions.list({ customer, limit: 2 })).has_more).toBe(true);
  expect(await failureOf(stripe.subscriptions.list({ limit: 0 }))).toMatchObject({ param: "limit" });
});
