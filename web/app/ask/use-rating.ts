import { useRef, useState } from "react";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Feedback } from "../api/shapes.ts";

/** Gives feedback on an answer, and tells what became of the last that was given. */
export function useRating(
  current: Feedback | null,
  send: ((feedback: Feedback | null) => Promise<void>) | null,
) {
  const [outcome, setOutcome] = useState<{ isKept: boolean; problem: ApiProblem | null } | null>(null);
  const latest = useRef(0);
  return {
    isKept: outcome?.isKept === true && current !== null,
    problem: outcome?.problem ?? null,
    rate(feedback: Feedback | null): void {
      setOutcome(null);
      latest.current += 1;
      const turn = latest.current;
      const settle = (isKept: boolean, problem: ApiProblem | null) => {
        if (turn === latest.current) setOutcome({ isKept, problem });
      };
      send?.(feedback).then(
        () => settle(true, null),
        (error: unknown) => settle(false, asProblem(error)),
      );
    },
  };
}
