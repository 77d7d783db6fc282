import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { Account } from "../account.ts";
import { ApiError, noSuch } from "../api-error.ts";
import { findCheckoutSession } from "../checkout-sessions.ts";
import { announce } from "../events.ts";
import { checkoutPage } from "../pages/checkout.ts";
import { contentSecurityPolicy, missingPage } from "../pages/layout.ts";
import { portalPage } from "../pages/portal.ts";
import { STYLE } from "../pages/style.ts";
import { chooseLanguage } from "../pages/words.ts";
import { payCheckoutSession, successUrl } from "../payment.ts";
import { actionsFor, PORTAL_ACTIONS, runPortalAction } from "../portal-actions.ts";
import { findPortalSession } from "../portal-sessions.ts";
import { findSubscription } from "../subscriptions.ts";

/** The pages that Stripe would host: checkout and customer portal. */
export function pageRoutes(account: Account) {
  return new Hono()
    .use("/c/*", safely)
    .use("/p/*", safely)
    .get("/style.css", (c) => c.body(STYLE, 200, { "content-type": "text/css; charset=utf-8" }))
    .get("/c/pay/:session", (c) => {
      const session = findCheckoutSession(account, c.req.param("session"));
      // The browser holds the redirect that follows the form to form-action as well.
      c.header("content-security-policy", contentSecurityPolicy([new URL(session.successUrl).origin]));
      return c.html(checkoutPage(account, session, languageOf(c, session.locale)));
    })
    .post("/c/pay/:session", async (c) => {
      const session = findCheckoutSession(account, c.req.param("session"));
      if (session.status === "expired") return c.redirect(c.req.path, 303);
      // A second click, while the first is being answered, goes the same way.
      if (session.status === "open") await payCheckoutSession(account, session.id);
      return c.redirect(successUrl(session), 303);
    })
    .get("/p/session/:session", (c) => {
      const session = findPortalSession(account, c.req.param("session"));
      return c.html(portalPage(account, session, languageOf(c, session.locale)));
    })
    .post("/p/session/:session/:subscription/:action", async (c) => {
      const session = findPortalSession(account, c.req.param("session"));
      const subscription = findSubscription(account, c.req.param("subscription"));
      const action = PORTAL_ACTIONS.find((name) => name === c.req.param("action"));
      if (!action || subscription.customer !== session.customer) throw noSuch("page", c.req.path);
      if (actionsFor(subscription).includes(action)) {
        await announce(account, runPortalAction(account, subscription, action));
      }
      return c.redirect(`/p/session/${session.id}`, 303);
    })
    .onError((error, c) => {
      if (!(error instanceof ApiError)) throw error;
      return c.html(missingPage(languageOf(c, null)), 404);
    });
}

const safely = createMiddleware(async (c, next) => {
  c.header("content-security-policy", contentSecurityPolicy([]));
  c.header("referrer-policy", "no-referrer");
  c.header("x-content-type-options", "nosniff");
  c.header("cache-control", "no-store");
  c.header("vary", "Accept-Language");
  await next();
});

function languageOf(c: Context, locale: string | null) {
  return chooseLanguage(locale, c.req.header("accept-language"));
}
