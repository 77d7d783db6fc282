import { createRoute } from "@hono/zod-openapi";
import { getBilling } from "../../services/billing/account.ts";
import { openCheckout } from "../../services/billing/open-checkout.ts";
import { openPortal } from "../../services/billing/open-portal.ts";
import { createRouter } from "../router.ts";
import { json, Moment, problems } from "../schemas/shared.ts";
import { PlanNameSchema } from "../schemas/usage.ts";
import * as z from "../zod.ts";

const Billing = z
  .object({
    plan: PlanNameSchema,
    status: z.string().nullable().openapi({ description: "Stripe's word for the subscription" }),
    current_period_end: Moment.nullable(),
    cancels_at: Moment.nullable(),
    payment_overdue: z.boolean(),
    price: z
      .object({
        amount: z.number(),
        currency: z.string(),
        interval: z.string().openapi({ example: "month" }),
      })
      .nullable()
      .openapi({ description: "Of Pro" }),
    test_mode: z.boolean().openapi({ description: "No real money moves" }),
  })
  .openapi("Billing");

const Page = z
  .object({ url: z.url().openapi({ description: "Send the browser there" }) })
  .openapi("BillingPage");

export const billing = createRouter()
  .openapi(
    createRoute({
      method: "get",
      path: "/billing",
      tags: ["billing"],
      summary: "How the tenant pays",
      responses: { 200: json(Billing, "Plan and subscription"), ...problems },
    }),
    async (c) => c.json(await getBilling(c.var.ctx), 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/billing/checkout",
      tags: ["billing"],
      summary: "Where to buy Pro",
      description: "The plan changes when Stripe says that it was paid, not when the browser comes back.",
      responses: { 200: json(Page, "The payment page"), ...problems },
    }),
    async (c) => c.json({ url: await openCheckout(c.var.ctx, c.var.locale) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/billing/portal",
      tags: ["billing"],
      summary: "Where to change, cancel or pay the subscription",
      responses: { 200: json(Page, "The subscription's page"), ...problems },
    }),
    async (c) => c.json({ url: await openPortal(c.var.ctx, c.var.locale) }, 200),
  );
