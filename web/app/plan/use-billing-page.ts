import { useEffect, useRef, useState } from "react";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";

export type BillingPage = "checkout" | "portal";

/**
 * Leads the browser to one of Stripe's pages. It goes on being underway until the page is left, so a second press
 * does nothing; `onBack` is told when the browser's Back shows this page as it was.
 */
export function useBillingPage(onBack: () => void) {
  const [pending, setPending] = useState<BillingPage | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isUnderway = useRef(false);
  const latest = useRef(onBack);
  latest.current = onBack;

  function settle(failure: ApiProblem | null): void {
    isUnderway.current = false;
    setPending(null);
    setProblem(failure);
  }

  useEffect(() => {
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      isUnderway.current = false;
      setPending(null);
      latest.current();
    };
    window.addEventListener("pageshow", comeBack);
    return () => window.removeEventListener("pageshow", comeBack);
  }, []);

  function open(page: BillingPage): void {
    // State arrives a render late; two clicks can come before it.
    if (isUnderway.current) return;
    isUnderway.current = true;
    setPending(page);
    setProblem(null);
    readJson<{ url: string }>(`/billing/${page}`, { method: "POST" }).then(
      ({ url }) => window.location.assign(url),
      (error: unknown) => settle(asProblem(error)),
    );
  }

  return { pending, problem, open };
}
