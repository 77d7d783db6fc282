import { useEffect, useState } from "react";

/** How long one is told that it was copied. */
const TOLD_MS = 2_500;

/** Copies text, and tells for a moment whether it could. */
export function useCopy() {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (!outcome) return;
    const timer = setTimeout(() => setOutcome(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("failed"),
    );
  return { copy, isCopied: outcome === "copied", hasFailed: outcome === "failed" };
}
