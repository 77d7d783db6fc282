import { useState } from "react";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Feedback } from "../api/shapes.ts";

/** Gives feedback on an answer, and tells what became of the last that was given. */
export function useRating(
  current: Feedback | null,
  send: ((feedback: Feedback | null) => Promise<void>) | null,
) {
  const [outcome, setOutcome] = useState<{ isKept: boolean; problem: ApiProblem | null } | null>(null);
  return {
    isKept: outcome?.isKept === true && current !== null,
    problem: outcome?.problem ?? null,
    rate(feedback: Feedback | null): void {
      setOutcome(null);
      send?.(feedback).then(
        () => setOutcome({ isKept: true, problem: null }),
        (error: unknown) => setOutcome({ isKept: false, problem: asProblem(error) }),
      );
    },
  };
}
