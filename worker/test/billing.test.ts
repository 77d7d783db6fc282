import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { organizationEvent, userEvent } from "../../dev/clerk/events.ts";
import { signWebhook } from "../../dev/clerk/webhook.ts";
import { STRIPE } from "../../dev/testing/stripe-account.ts";
import worker from "../index.ts";
import { GRACE_DAYS } from "../services/billing/entitlement.ts";
import { PLANS } from "../services/usage/plans.ts";
import {
  asOwner,
  createTenant,
  type Json,
  send,
  sessionToken,
  signIn,
  type TestTenant,
  tenantClient,
  uniqueId,
} from "./harness.ts";

const DAY = 24 * 60 * 60;
const now = () => Math.floor(Date.now() / 1_000);

/** Speaks to the local Stripe as its dashboard would. */
async function control<T = Json>(path: string, fields: Record<string, string> = {}): Promise<T> {
  const response = await fetch(`${env.STRIPE_API_URL}/_control/${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${env.STRIPE_SECRET_KEY}` },
    body: new URLSearchParams(fields),
  });
  const text = await response.text();
  expect(response.ok, `${path} → ${response.status} ${text}`).toBe(true);
  return JSON.parse(text) as T;
}

/** Calls the local Stripe's API as somebody else than the Worker. */
async function stripeApi<T = Json>(path: string, fields?: Record<string, string>): Promise<T> {
  const response = await fetch(`${env.STRIPE_API_URL}/v1/${path}`, {
    method: fields ? "POST" : "GET",
    headers: { Authorization: `Bearer ${env.STRIPE_SECRET_KEY}` },
    body: fields ? new URLSearchParams(fields) : null,
  });
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

async function statusOf(subscription: string): Promise<unknown> {
  return (await stripeApi(`subscriptions/${subscription}`)).status;
}

/** A Worker with other variables. */
async function elsewhere(
  variables: Record<string, string>,
  path: string,
  { method = "GET", headers, body }: { method?: string; headers: Record<string, string>; body?: string },
): Promise<Response> {
  return worker.fetch(
    new Request(`http://ancre.test/api/v1${path}`, { method, headers, body: body ?? null }),
    { ...env, ...variables },
    createExecutionContext(),
  );
}

/** Where nobody listens. */
const CUT = { STRIPE_API_URL: "http://127.0.0.1:1" };

type Event = { payload: string; signature: string };

function event(type: string, object: string): Promise<Event> {
  return control<Event>("events", { type, object });
}

async function deliver({ payload, signature }: Event): Promise<string> {
  const response = await send("/api/v1/webhooks/stripe", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Stripe-Signature": signature },
    body: payload,
  });
  const body = (await response.json()) as { outcome?: string; code?: string };
  return body.outcome ?? `${response.status} ${body.code}`;
}

async function customerOf(tenant: TestTenant): Promise<string> {
  const [row] = await asOwner()`select customer_id from billing_accounts where tenant_id = ${tenant.id}`;
  return String(row?.customer_id);
}

async function planOf(tenant: TestTenant): Promise<unknown> {
  return (await tenant.json("GET", "/usage")).plan;
}

type Subscriber = { tenant: TestTenant; subscription: string; customer: string };

/** A tenant that bought Pro through the pages; its subscription's id and customer. */
async function subscriber(someone?: TestTenant): Promise<Subscriber> {
  const tenant = someone ?? (await createTenant());
  const { url } = await tenant.json<{ url: string }>("POST", "/billing/checkout");
  const session = url.split("/").at(-1) ?? "";
  const paid = await control<{ subscription: string }>(`sessions/${session}/pay`);
  expect(await deliver(await event("checkout.session.completed", session))).toBe("applied");
  return { tenant, subscription: paid.subscription, customer: await customerOf(tenant) };
}

test("a checkout that was paid moves the tenant to Pro; coming back from it alone does not", async () => {
  const tenant = await createTenant();
  expect(await tenant.json("GET", "/billing")).toMatchObject({
    plan: "free",
    status: null,
    test_mode: true,
    price: { amount: 49, currency: "EUR", interval: "month" },
  });
  const { url } = await tenant.json<{ url: string }>("POST", "/billing/checkout");
  const again = await tenant.json<{ url: string }>("POST", "/billing/checkout");
  expect(again.url).toBe(url);
  const french = await tenant.request("POST", "/billing/checkout", undefined, { "Accept-Language": "fr" });
  const session = ((await french.json()) as { url: string }).url.split("/").at(-1) ?? "";
  expect(url).not.toContain(session);
  await expect(control(`sessions/${url.split("/").at(-1)}/pay`)).rejects.toThrow();
  const { subscription } = await control<{ subscription: string }>(`sessions/${session}/pay`);
  expect(await planOf(tenant)).toBe("free");
  // Paid, and not told of yet: it must not be paid twice.
  expect((await tenant.request("POST", "/billing/checkout")).status).toBe(409);
  expect(await deliver(await event("customer.subscription.created", subscription))).toBe("applied");
  const usage = await tenant.json<{ plan: string; metrics: Array<{ metric: string; limit: number }> }>(
    "GET",
    "/usage",
  );
  expect(usage.plan).toBe("pro");
  expect(usage.metrics.find(({ metric }) => metric === "questions")?.limit).toBe(PLANS.pro.limits.questions);
  expect(await tenant.json("GET", "/billing")).toMatchObject({
    plan: "pro",
    status: "active",
    cancels_at: null,
  });
  expect((await tenant.request("POST", "/billing/checkout")).status).toBe(409);
  const { url: portal } = await tenant.json<{ url: string }>("POST", "/billing/portal");
  expect(portal).toContain(env.STRIPE_API_URL);
});

test("every call to Stripe that makes something carries an idempotency key, and a tenant has one customer", async () => {
  const tenant = await createTenant();
  const urls = await Promise.all(
    [1, 2, 3].map(() => tenant.json<{ url: string }>("POST", "/billing/checkout")),
  );
  const last = await tenant.json<{ url: string }>("POST", "/billing/checkout");
  expect(urls.map(({ url }) => url)).toEqual([last.url, last.url, last.url]);
  const response = await fetch(`${env.STRIPE_API_URL}/_control/requests`, {
    headers: { Authorization: `Bearer ${env.STRIPE_SECRET_KEY}` },
  });
  type Call = { method: string; path: string; idempotency_key: string | null; params: Json };
  const calls = ((await response.json()) as Call[]).filter(
    ({ method, params }) => method === "POST" && JSON.stringify(params).includes(tenant.id),
  );
  expect(calls.length).toBeGreaterThan(1);
  for (const call of calls) expect(call.idempotency_key, call.path).toBeTruthy();
  const customers = calls.filter(({ path }) => path === "/v1/customers");
  expect(new Set(customers.map((call) => call.idempotency_key)).size).toBe(1);
  const [{ n } = { n: 0 }] = await asOwner()`
    select count(*)::int as n from billing_accounts where tenant_id = ${tenant.id}`;
  expect(n).toBe(1);
});

test("forged, tampered and stale events change nothing", async () => {
  const { tenant, subscription } = await subscriber();
  await control(`subscriptions/${subscription}`, { status: "canceled" });
  const genuine = await event("customer.subscription.deleted", subscription);
  const [time = "", mac = ""] = genuine.signature.split(",");
  const forged: Event[] = [
    { ...genuine, signature: "" },
    { ...genuine, signature: "t=1,v1=00" },
    { ...genuine, signature: `t=${now() - 600},${mac}` },
    { ...genuine, signature: `${time},v1=${"0".repeat(64)}` },
    { ...genuine, payload: genuine.payload.replace("deleted", "updated") },
  ];
  for (const attempt of forged) expect(await deliver(attempt)).toBe("401 unauthenticated");
  expect(await planOf(tenant)).toBe("pro");
  expect(await deliver(genuine)).toBe("applied");
  expect(await planOf(tenant)).toBe("free");
});

test("a repeated event has one effect, also when its copies arrive at once", async () => {
  const { tenant, subscription } = await subscriber();
  await control(`subscriptions/${subscription}`, { status: "canceled" });
  const once = await event("customer.subscription.deleted", subscription);
  const outcomes = await Promise.all([deliver(once), deliver(once), deliver(once)]);
  expect(outcomes.toSorted()).toEqual(["applied", "repeated", "repeated"]);
  expect(await deliver(once)).toBe("repeated");
  const { data } = await tenant.json<{ data: Array<{ detail: Json }> }>(
    "GET",
    "/audit-log?action=billing.plan_changed",
  );
  expect(data.map(({ detail }) => detail.plan)).toEqual(["free", "pro"]);
});

test("events out of order end where the subscription is, whatever they say", async () => {
  const { tenant, subscription } = await subscriber();
  const updated = await event("customer.subscription.updated", subscription);
  await control(`subscriptions/${subscription}`, { status: "canceled" });
  const deleted = await event("customer.subscription.deleted", subscription);
  expect(await deliver(deleted)).toBe("applied");
  expect(await deliver(updated)).toBe("applied");
  expect(await planOf(tenant)).toBe("free");
});

test("the late end of an old subscription takes nothing from a new one", async () => {
  const { tenant, subscription, customer } = await subscriber();
  await control(`subscriptions/${subscription}`, { status: "canceled" });
  const ended = await event("customer.subscription.deleted", subscription);
  const { id: renewed } = await control<{ id: string }>("subscriptions", { customer });
  expect(await deliver(await event("customer.subscription.created", renewed))).toBe("applied");
  expect(await deliver(ended)).toBe("applied");
  expect(await planOf(tenant)).toBe("pro");
});

test("an overdue payment leaves Pro for the days of grace, then the limits of Free hold", async () => {
  const { tenant, subscription } = await subscriber();
  const due = (daysAgo: number) => ({
    status: "past_due",
    current_period_start: String(now() - daysAgo * DAY),
    current_period_end: String(now() + (30 - daysAgo) * DAY),
  });
  await control(`subscriptions/${subscription}`, due(GRACE_DAYS - 1));
  expect(await deliver(await event("invoice.payment_failed", subscription))).toBe("applied");
  expect(await tenant.json("GET", "/billing")).toMatchObject({ plan: "pro", payment_overdue: true });
  // Two days later; what counts is the day that was told first, whatever period has begun since.
  await asOwner()`
    update billing_accounts set overdue_since = overdue_since - interval '2 days' where tenant_id = ${tenant.id}`;
  await control(`subscriptions/${subscription}`, due(1));
  expect(await deliver(await event("customer.subscription.updated", subscription))).toBe("applied");
  expect(await planOf(tenant)).toBe("free");
  // Paying the open invoice is the portal's business; a second subscription would be charged twice.
  expect((await tenant.request("POST", "/billing/checkout")).status).toBe(409);
  await control(`subscriptions/${subscription}`, { status: "active" });
  expect(await deliver(await event("invoice.paid", subscription))).toBe("applied");
  expect(await tenant.json("GET", "/billing")).toMatchObject({ plan: "pro", payment_overdue: false });
});

test("Pro ends by itself when Stripe falls silent", async () => {
  const { tenant, subscription } = await subscriber();
  await control(`subscriptions/${subscription}`, {
    current_period_start: String(now() - (31 + GRACE_DAYS) * DAY),
    current_period_end: String(now() - (1 + GRACE_DAYS) * DAY),
  });
  expect(await deliver(await event("customer.subscription.updated", subscription))).toBe("applied");
  expect(await planOf(tenant)).toBe("free");
});

test("a cancellation at the period's end is announced, and a downgrade keeps data and stops growth alone", async () => {
  const { tenant, subscription } = await subscriber();
  for (let n = 0; n < PLANS.free.limits.assistants + 1; n++) {
    await tenant.json("POST", "/assistants", { name: `Assistant ${n}` });
  }
  await control(`subscriptions/${subscription}`, { cancel_at_period_end: "true" });
  expect(await deliver(await event("customer.subscription.updated", subscription))).toBe("applied");
  const announced = await tenant.json("GET", "/billing");
  expect(announced).toMatchObject({ plan: "pro", cancels_at: announced.current_period_end });
  await control(`subscriptions/${subscription}`, { status: "canceled" });
  expect(await deliver(await event("customer.subscription.deleted", subscription))).toBe("applied");

  const { data } = await tenant.json<{ data: Array<{ id: string }> }>("GET", "/assistants?limit=100");
  expect(data).toHaveLength(PLANS.free.limits.assistants + 1);
  await tenant.json("PATCH", `/assistants/${data[0]?.id}`, { name: "Renamed" });
  const refused = await tenant.request("POST", "/assistants", { name: "One more" });
  expect(refused.status).toBe(402);
  expect(await refused.json()).toMatchObject({
    code: "quota_exceeded",
    quota: {
      metric: "assistants",
      plan: "free",
      used: PLANS.free.limits.assistants + 1,
      upgrade: { plan: "pro" },
    },
  });
});

test("an event about a customer of nobody's, or of another tenant's row, moves no plan", async () => {
  const { tenant, customer, subscription } = await subscriber();
  const thief = await createTenant();
  await thief.json("POST", "/billing/checkout");
  // The customer's metadata names the thief's tenant, whose own row names another customer.
  await asOwner()`update billing_accounts set customer_id = ${`${customer}_moved`} where tenant_id = ${tenant.id}`;
  await control(`subscriptions/${subscription}`, { status: "canceled" });
  expect(await deliver(await event("customer.subscription.deleted", subscription))).toBe("unbound");
  expect(await planOf(tenant)).toBe("pro");
  expect(await planOf(thief)).toBe("free");
});

test("a Stripe that can't be reached is said to be so, and a webhook is left for Stripe to send again", async () => {
  const { tenant, subscription } = await subscriber();
  const told = await event("customer.subscription.updated", subscription);
  const call = (path: string, headers: Record<string, string>, body?: string) =>
    elsewhere(CUT, path, { method: "POST", headers, ...(body && { body }) });
  const portal = await call("/billing/portal", { "X-Tenant-Id": tenant.id });
  expect(portal.status).toBe(503);
  expect(await portal.json()).toMatchObject({ code: "billing_unavailable" });
  const missed = await call("/webhooks/stripe", { "Stripe-Signature": told.signature }, told.payload);
  expect(missed.status).toBe(503);
  expect(await deliver(told)).toBe("applied");
});

test("members neither see nor open billing; admins do, and what they do is on record", async () => {
  const organization = { id: uniqueId("org") };
  const [owner, admin, member] = [
    await signIn(uniqueId("user"), organization, "owner"),
    await signIn(uniqueId("user"), organization, "admin"),
    await signIn(uniqueId("user"), organization, "member"),
  ];
  for (const [method, path] of [
    ["GET", "/billing"],
    ["POST", "/billing/checkout"],
    ["POST", "/billing/portal"],
  ] as const) {
    expect((await member.request(method, path)).status, path).toBe(403);
  }
  expect((await admin.request("POST", "/billing/portal")).status).toBe(409);
  await admin.json("POST", "/billing/checkout");
  const { data } = await owner.json<{ data: Json[] }>("GET", "/audit-log?action=billing.checkout_opened");
  expect(data).toHaveLength(1);
});

test("what wasn't opened isn't on record", async () => {
  const tenant = await createTenant();
  const opened = async () => {
    const { data } = await tenant.json<{ data: Array<{ action: string }> }>("GET", "/audit-log");
    return data.map(({ action }) => action).filter((action) => action.startsWith("billing."));
  };
  const cut = async (path: string) => {
    const headers = { "X-Tenant-Id": tenant.id };
    expect((await elsewhere(CUT, path, { method: "POST", headers })).status).toBe(503);
  };
  expect((await tenant.request("POST", "/billing/portal")).status).toBe(409);
  await cut("/billing/checkout");
  expect(await opened()).toEqual([]);
  await tenant.json("POST", "/billing/checkout");
  await cut("/billing/checkout");
  await cut("/billing/portal");
  expect(await opened()).toEqual(["billing.checkout_opened"]);
  await tenant.json("POST", "/billing/portal");
  expect(await opened()).toEqual(["billing.portal_opened", "billing.checkout_opened"]);
});

test("a closed organisation stops paying; until Stripe knows, it isn't closed", async () => {
  const organization = { id: uniqueId("org"), name: "Closing", createdBy: uniqueId("user") };
  const owner = await signIn(organization.createdBy, organization, "owner");
  const { tenant, subscription, customer } = await subscriber(owner);
  const { id: overdue } = await control<{ id: string }>("subscriptions", { customer, status: "past_due" });
  // A page that is open could be paid after the end.
  const page = await stripeApi<{ id: string }>("checkout/sessions", {
    mode: "subscription",
    customer,
    "line_items[0][price]": STRIPE.price.id,
    "line_items[0][quantity]": "1",
    success_url: "https://app.ancre.test/plan",
  });
  const told = await signWebhook(env.CLERK_WEBHOOK_SECRET, {
    id: `msg_${crypto.randomUUID()}`,
    payload: organizationEvent("deleted", organization, new Date()),
  });
  const facts = () => asOwner()`
    select deleted_at is not null as closed, exists (
      select 1 from webhook_events where id = ${told.headers["svix-id"] ?? ""}) as recorded
    from tenants where id = ${tenant.id}`;

  expect((await elsewhere(CUT, "/webhooks/clerk", told)).status).toBe(503);
  expect(await facts()).toEqual([{ closed: false, recorded: false }]);
  expect(await statusOf(subscription)).toBe("active");

  for (const outcome of ["applied", "repeated"]) {
    expect(await (await send("/api/v1/webhooks/clerk", told)).json()).toEqual({ outcome });
    expect(await facts()).toEqual([{ closed: true, recorded: true }]);
    expect([await statusOf(subscription), await statusOf(overdue)]).toEqual(["canceled", "canceled"]);
  }
  await expect(control(`sessions/${page.id}/pay`)).rejects.toThrow("expired");
  // Paid while it was being closed, and told of afterwards.
  const { id: late } = await control<{ id: string }>("subscriptions", { customer });
  expect(await deliver(await event("customer.subscription.created", late))).toBe("applied");
  expect(await statusOf(late)).toBe("canceled");
  expect(await deliver(await event("customer.subscription.deleted", subscription))).toBe("applied");
});

test("an organisation whose customer is gone at Stripe can be closed", async () => {
  const organization = { id: uniqueId("org"), name: "Forgotten", createdBy: uniqueId("user") };
  const { customer } = await subscriber(await signIn(organization.createdBy, organization, "owner"));
  await control(`customers/${customer}/delete`);
  const told = await signWebhook(env.CLERK_WEBHOOK_SECRET, {
    id: `msg_${crypto.randomUUID()}`,
    payload: organizationEvent("deleted", organization, new Date()),
  });
  expect(await (await send("/api/v1/webhooks/clerk", told)).json()).toEqual({ outcome: "applied" });
});

test("a deleted person's own tenant stops paying; one that others belong to goes on", async () => {
  const [user, friend] = [uniqueId("user"), uniqueId("user")];
  const token = { Authorization: `Bearer ${await sessionToken({ user })}` };
  const found = async (name: string) => {
    const { id } = await tenantClient("", token).json<{ id: string }>("POST", "/tenants", { name });
    return subscriber(tenantClient(id, { ...token, "X-Tenant-Id": id }));
  };
  const [alone, shared] = [await found("Alone"), await found("Shared")];
  await asOwner()`
    insert into memberships (tenant_id, user_id, role, seated) values (${shared.tenant.id}, ${friend}, 'admin', true)`;
  const person = { id: user, firstName: "Dora", lastName: "Gone", email: "dora@example.com" };
  const told = await signWebhook(env.CLERK_WEBHOOK_SECRET, {
    id: `msg_${crypto.randomUUID()}`,
    payload: userEvent("deleted", person, new Date()),
  });
  const left = async () => {
    const rows = await asOwner()`
      select count(*)::int as n from memberships where user_id = ${user} and removed_at is not null`;
    return rows[0]?.n;
  };
  expect((await elsewhere(CUT, "/webhooks/clerk", told)).status).toBe(503);
  expect(await left()).toBe(0);
  expect(await (await send("/api/v1/webhooks/clerk", told)).json()).toEqual({ outcome: "applied" });
  expect(await left()).toBe(2);
  expect([await statusOf(alone.subscription), await statusOf(shared.subscription)]).toEqual([
    "canceled",
    "active",
  ]);
});

test("a price that is no longer sold stays Pro for who pays it, as long as it is listed", async () => {
  const tenant = await createTenant();
  await tenant.json("POST", "/billing/checkout");
  const customer = await customerOf(tenant);
  const { id } = await control<{ id: string }>("subscriptions", { customer, price: "price_before" });
  const hear = async (prices: string) => {
    const { payload, signature } = await event("customer.subscription.updated", id);
    const headers = { "Stripe-Signature": signature };
    const told = { method: "POST", headers, body: payload };
    const response = await elsewhere({ STRIPE_PRICE_PRO: prices }, "/webhooks/stripe", told);
    expect(await response.json()).toEqual({ outcome: "applied" });
    return planOf(tenant);
  };
  expect(await hear(STRIPE.price.id)).toBe("free");
  const both = `${STRIPE.price.id}, price_before`;
  expect(await hear(both)).toBe("pro");
  const headers = { "X-Tenant-Id": tenant.id };
  const billing = await elsewhere({ STRIPE_PRICE_PRO: both }, "/billing", { headers });
  expect(await billing.json()).toMatchObject({ plan: "pro", price: { amount: 49 } });
});

test("a page that was opened at another price is closed, not given again", async () => {
  const tenant = await createTenant();
  const { url: first } = await tenant.json<{ url: string }>("POST", "/billing/checkout");
  const sold = first.split("/").at(-1) ?? "";
  expect(await stripeApi(`checkout/sessions/${sold}`)).toMatchObject({
    metadata: { price_id: STRIPE.price.id },
  });
  await stripeApi(`checkout/sessions/${sold}/expire`, {});
  const dear = await stripeApi<{ id: string }>("checkout/sessions", {
    mode: "subscription",
    customer: await customerOf(tenant),
    "line_items[0][price]": STRIPE.price.id,
    "line_items[0][quantity]": "1",
    "metadata[price_id]": "price_before",
    success_url: "https://app.ancre.test/plan",
    locale: "en",
  });
  const { url } = await tenant.json<{ url: string }>("POST", "/billing/checkout");
  expect(url).not.toContain(dear.id);
  expect((await tenant.json("POST", "/billing/checkout")).url).toBe(url);
  expect(await stripeApi(`checkout/sessions/${dear.id}`)).toMatchObject({ status: "expired" });
});

test("a customer that was deleted at Stripe is replaced, once, also after a rename", async () => {
  const { tenant, customer } = await subscriber();
  await control(`customers/${customer}/delete`);
  await tenant.json("PATCH", `/tenants/${tenant.id}`, { name: "Another name" });
  const urls = await Promise.all([1, 2].map(() => tenant.json<{ url: string }>("POST", "/billing/checkout")));
  expect(urls[0]).toEqual(urls[1]);
  const replacement = await customerOf(tenant);
  expect(replacement).not.toBe(customer);
  expect(await tenant.json("GET", "/billing")).toMatchObject({ status: null, current_period_end: null });
  expect(await stripeApi(`customers/${replacement}`)).toMatchObject({
    name: "Another name",
    metadata: { tenant_id: tenant.id },
  });
  const session = urls[0]?.url.split("/").at(-1) ?? "";
  await control(`sessions/${session}/pay`);
  expect(await deliver(await event("checkout.session.completed", session))).toBe("applied");
  expect(await tenant.json("GET", "/billing")).toMatchObject({ plan: "pro", status: "active" });
});
