import { Hono } from "hono";
import { z } from "zod";
import type { Account } from "../account.ts";
import type { ApiEnv } from "../api-env.ts";
import { ApiError, noSuch } from "../api-error.ts";
import { checkoutSessionObject } from "../checkout-session-object.ts";
import { now } from "../clock.ts";
import { customerObject, deleteCustomer, findCustomer, requireCustomer } from "../customers.ts";
import { sign } from "../delivery.ts";
import { announce, eventPayload } from "../events.ts";
import { objectById } from "../object-by-id.ts";
import { boolean, integer, metadata, readParams, text } from "../params.ts";
import { payCheckoutSession } from "../payment.ts";
import { type SubscriptionRecord, subscriptionStatus } from "../records.ts";
import type { ApiRequest } from "../request-log.ts";
import { changeSubscription } from "../subscription-changes.ts";
import { subscriptionObject } from "../subscription-object.ts";
import { createSubscription, findSubscription } from "../subscriptions.ts";

const fields = { status: subscriptionStatus.optional(), metadata: metadata.optional() };
const emit = boolean.default(false);
const createParams = z.strictObject({ customer: text, price: text.optional(), ...fields, emit });
const changeParams = z.strictObject({
  ...fields,
  cancel_at_period_end: boolean.optional(),
  current_period_start: integer.optional(),
  current_period_end: integer.optional(),
  emit,
});
const deleteParams = z.strictObject({ emit });
const eventParams = z.strictObject({ type: text, object: text, created: integer.optional() });

/** What tests need and Stripe has no endpoint for. */
export function controlRoutes(account: Account, requests: ApiRequest[]) {
  return new Hono<ApiEnv>()
    .post("/subscriptions", async (c) => {
      const { emit, customer, ...values } = readParams(createParams, c.var.params);
      requireCustomer(account, customer);
      const subscription = createSubscription(account, { customer, ...present(values) });
      const object = subscriptionObject(subscription, account.price);
      if (emit) await announce(account, [{ type: "customer.subscription.created", object }]);
      return c.json(object);
    })
    .post("/subscriptions/:id", async (c) => {
      const { emit, ...values } = readParams(changeParams, c.var.params);
      const subscription = findSubscription(account, c.req.param("id"));
      const change = changeSubscription(account, subscription, toRecord(subscription, values));
      if (emit) await announce(account, [change]);
      return c.json(change.object);
    })
    .post("/customers/:id/delete", async (c) => {
      const { emit } = readParams(deleteParams, c.var.params);
      const customer = findCustomer(account, c.req.param("id"));
      const changes = deleteCustomer(account, customer);
      if (emit) await announce(account, changes);
      return c.json(customerObject(customer));
    })
    .post("/events", async (c) => {
      const { type, object: id, created } = readParams(eventParams, c.var.params);
      const { secret } = account.courier;
      if (secret === null) throw new ApiError("The stand-in was started without a webhook secret.");
      const object = objectById(account, id);
      if (!object) throw noSuch("object", id, "object");
      const { payload } = eventPayload(account, { type, object }, created);
      return c.json({ payload, signature: await sign(payload, secret) });
    })
    .get("/requests", (c) => c.json(requests))
    .post("/sessions/:id/pay", async (c) =>
      c.json(checkoutSessionObject(account, await payCheckoutSession(account, c.req.param("id")))),
    );
}

/** The change in the record's own words, with the dates that follow from it. */
function toRecord(
  subscription: SubscriptionRecord,
  values: Omit<z.output<typeof changeParams>, "emit">,
): Partial<SubscriptionRecord> {
  const periodEnd = values.current_period_end ?? subscription.periodEnd;
  const willEnd = values.cancel_at_period_end;
  const isOver = (values.status ?? subscription.status) === "canceled";
  const scheduled = willEnd ?? subscription.cancelAt !== null;
  return present({
    status: values.status,
    metadata: values.metadata,
    periodStart: values.current_period_start,
    periodEnd,
    cancelAtPeriodEnd: willEnd,
    cancelAt: willEnd === undefined ? undefined : willEnd ? periodEnd : null,
    canceledAt: isOver || scheduled ? (subscription.canceledAt ?? now()) : null,
    endedAt: isOver ? (subscription.endedAt ?? now()) : null,
  });
}

/** Without the keys that have no value, so that spreading them changes nothing. */
function present<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
