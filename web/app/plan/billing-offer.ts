import type { Billing } from "../api/shapes.ts";

/** What the page offers: to buy Pro, to manage the subscription, or nothing where Pro was given without one. */
export type BillingOffer = "upgrade" | "manage" | "none";

/** A subscription that is no longer, or never came to be. */
const OVER: ReadonlySet<string | null> = new Set([null, "incomplete", "incomplete_expired", "canceled"]);

/** Which of Stripe's pages leads on from here; a running subscription is never bought a second time. */
export function billingOffer({ plan, status }: Pick<Billing, "plan" | "status">): BillingOffer {
  if (!OVER.has(status)) return "manage";
  if (plan === "free") return "upgrade";
  return status === null ? "none" : "manage";
}
