import { AppError } from "../../errors.ts";
import { ForgedBillingEvent } from "../../ports/billing.ts";
import { ForgedEvent } from "../../ports/directory.ts";
import { applyBillingEvent } from "../../services/billing/apply-event.ts";
import { applyDirectoryEvent } from "../../services/directory/apply-event.ts";
import { createRouter } from "../router.ts";
import { json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const Received = z
  .object({
    outcome: z.enum(["applied", "repeated", "ignored", "unbound"]).openapi({
      description:
        "repeated: seen before; ignored: of no concern; unbound: about no tenant of this deployment",
    }),
  })
  .openapi("WebhookReceipt");

// Signatures are over the raw body, so these two routes are documented here and read their bodies themselves: a
// validator would parse them first.
export const webhooks = createRouter();

const signed = (path: string, summary: string, header: string) =>
  webhooks.openAPIRegistry.registerPath({
    method: "post",
    path,
    tags: ["webhooks"],
    summary,
    security: [],
    request: {
      headers: z.object({ [header]: z.string() }),
      body: { required: true, content: { "application/json": { schema: z.unknown() } } },
    },
    responses: { 200: json(Received, "Taken in; a repetition changes nothing"), ...problems },
  });

signed("/webhooks/clerk", "What Clerk tells of people and organisations", "svix-signature");
webhooks.post("/webhooks/clerk", async (c) => {
  const { directory, database, services } = c.var.wiring;
  if (!directory) throw new AppError("not_found", "This deployment has no Clerk to listen to.");
  const event = await directory.read(c.req.raw).catch(refuseForged);
  if (!event) return c.json({ outcome: "ignored" });
  const applied = await applyDirectoryEvent(database, services.billing, event, c.var.requestId);
  return c.json({ outcome: applied ? "applied" : "repeated" });
});

signed("/webhooks/stripe", "What Stripe tells of subscriptions", "stripe-signature");
webhooks.post("/webhooks/stripe", async (c) => {
  const { services, database } = c.var.wiring;
  if (!services.billing) throw new AppError("billing_unavailable", "This deployment takes no payments.");
  const body = await c.req.raw.text();
  const signature = c.req.header("Stripe-Signature") ?? "";
  const event = await services.billing.readEvent(body, signature).catch(refuseForged);
  return c.json({ outcome: await applyBillingEvent(database, services.billing, event, c.var.requestId) });
});

function refuseForged(error: unknown): never {
  if (error instanceof ForgedEvent || error instanceof ForgedBillingEvent) {
    throw new AppError("unauthenticated", "The signature of this event doesn't hold.", { cause: error });
  }
  throw error;
}
