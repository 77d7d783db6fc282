import type { PlanName } from "../api/shapes.ts";

/** How a visit to Stripe's payment page ended, as far as is known. */
export type CheckoutReturn = "none" | "canceled" | "waiting" | "confirmed" | "late";

/** Milliseconds between two looks at the plan, and after which it is no longer waited for. */
export const POLL_MS = 1_000;
export const PATIENCE_MS = 20_000;

/** What the address says on arrival: Stripe comes back to `?checkout=done` or `?checkout=canceled`. */
export function arriveFrom(checkout: string | null, plan: PlanName): CheckoutReturn {
  if (checkout === "canceled") return "canceled";
  if (checkout !== "done") return "none";
  return plan === "pro" ? "confirmed" : "waiting";
}

/** After a look at the plan, which is null where the look failed: wait on, or say how it ended. */
export function afterLook(plan: PlanName | null, waitedMs: number): "waiting" | "confirmed" | "late" {
  if (plan === "pro") return "confirmed";
  return waitedMs >= PATIENCE_MS ? "late" : "waiting";
}
