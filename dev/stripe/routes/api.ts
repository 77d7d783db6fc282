import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Account } from "../account.ts";
import type { ApiEnv } from "../api-env.ts";
import { noSuch } from "../api-error.ts";
import { checkoutSessionObject } from "../checkout-session-object.ts";
import {
  createCheckoutSession,
  expireCheckoutSession,
  findCheckoutSession,
  listCheckoutSessions,
} from "../checkout-sessions.ts";
import { createCustomer, customerObject, findCustomer } from "../customers.ts";
import { announce } from "../events.ts";
import { expandAnswer } from "../expansion.ts";
import { pageOf } from "../object-list.ts";
import { boolean, expand, page as listPage, readParams } from "../params.ts";
import { createPortalSession, portalSessionObject } from "../portal-sessions.ts";
import { priceObject } from "../prices.ts";
import { endSubscription } from "../subscription-changes.ts";
import { subscriptionObject } from "../subscription-object.ts";
import { findRunningSubscription, findSubscription, listSubscriptions } from "../subscriptions.ts";
import { webhookEndpoints } from "../webhook-endpoint-object.ts";

const onlyExpand = z.strictObject({ expand });
/** Both taken and without effect: nothing is prorated here. */
const cancelParams = z.strictObject({ invoice_now: boolean.optional(), prorate: boolean.optional(), expand });
const anyExpand = z.object({ expand });

/** The part of Stripe's API that Ancre uses. */
export function apiRoutes(account: Account) {
  const answer = (c: Context<ApiEnv>, body: object) => {
    const paths = readParams(anyExpand, c.var.params).expand ?? [];
    return c.json(expandAnswer(account, body, paths));
  };

  return new Hono<ApiEnv>()
    .post("/customers", (c) => answer(c, customerObject(createCustomer(account, c.var.params))))
    .get("/customers/:id", (c) => {
      readParams(onlyExpand, c.var.params);
      return answer(c, customerObject(findCustomer(account, c.req.param("id"))));
    })
    .post("/checkout/sessions", (c) =>
      answer(c, checkoutSessionObject(account, createCheckoutSession(account, c.var.params))),
    )
    .get("/checkout/sessions", (c) => {
      const { matches, page } = listCheckoutSessions(account, c.var.params);
      const sessions = matches.map((session) => checkoutSessionObject(account, session));
      return answer(c, pageOf(sessions, page, "/v1/checkout/sessions"));
    })
    .get("/checkout/sessions/:id", (c) => {
      readParams(onlyExpand, c.var.params);
      return answer(c, checkoutSessionObject(account, findCheckoutSession(account, c.req.param("id"))));
    })
    .post("/checkout/sessions/:id/expire", (c) => {
      readParams(onlyExpand, c.var.params);
      return answer(c, checkoutSessionObject(account, expireCheckoutSession(account, c.req.param("id"))));
    })
    .post("/billing_portal/sessions", (c) =>
      answer(c, portalSessionObject(account, createPortalSession(account, c.var.params))),
    )
    .get("/subscriptions", (c) => {
      const { matches, page } = listSubscriptions(account, c.var.params);
      const subscriptions = matches.map((subscription) => subscriptionObject(subscription, account.price));
      return answer(c, pageOf(subscriptions, page, "/v1/subscriptions"));
    })
    .get("/subscriptions/:id", (c) => {
      readParams(onlyExpand, c.var.params);
      return answer(c, subscriptionObject(findSubscription(account, c.req.param("id")), account.price));
    })
    .delete("/subscriptions/:id", async (c) => {
      readParams(cancelParams, c.var.params);
      const subscription = findRunningSubscription(account, c.req.param("id"));
      const change = endSubscription(account, subscription);
      await announce(account, [change]);
      return answer(c, change.object);
    })
    .get("/prices/:id", (c) => {
      readParams(onlyExpand, c.var.params);
      const id = c.req.param("id");
      if (id !== account.price.id) throw noSuch("price", id);
      return answer(c, priceObject(account.price));
    })
    .get("/webhook_endpoints", (c) => {
      readParams(z.strictObject({ ...listPage, expand }), c.var.params);
      return answer(c, webhookEndpoints(account.courier));
    });
}
