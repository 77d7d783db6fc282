import { useSearchParams } from "@remix-run/react";
import { useEffect, useState } from "react";
import { readJson } from "../api/client.ts";
import type { PlanName, UsageReport } from "../api/shapes.ts";
import { afterLook, arriveFrom, type CheckoutReturn, PATIENCE_MS, POLL_MS } from "./checkout-return.ts";

/**
 * Follows a return from Stripe's payment page: the plan changes by webhook, so it is looked at every second until it
 * has, for twenty seconds at most. The end of it takes the word out of the address, which loads the page's data anew.
 */
export function useCheckoutReturn(plan: PlanName) {
  const [search, setSearch] = useSearchParams();
  const [state, setState] = useState<CheckoutReturn>(() => arriveFrom(search.get("checkout"), plan));

  useEffect(() => {
    if (state !== "waiting") return;
    const controller = new AbortController();
    void followPlan(controller.signal).then((end) => {
      if (!controller.signal.aborted) setState(end);
    });
    return () => controller.abort();
  }, [state]);

  // While it is open the address keeps it, so that a reload waits on rather than offers to buy again.
  const isOver = state !== "waiting" && state !== "late";
  const checkout = search.get("checkout");
  useEffect(() => {
    if (isOver && checkout !== null) setSearch({}, { replace: true, preventScrollReset: true });
  }, [isOver, checkout, setSearch]);

  return { state, wait: () => setState("waiting"), dismiss: () => setState("none") };
}

async function followPlan(signal: AbortSignal): Promise<"confirmed" | "late"> {
  const began = performance.now();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    if (signal.aborted) return "late";
    // One look may not outlast the waiting.
    const timed = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const plan = await readJson<UsageReport>("/usage", { signal: timed }).then(
      (usage) => usage.plan,
      () => null,
    );
    const step = afterLook(plan, performance.now() - began);
    if (step !== "waiting") return step;
  }
}
