import { useEffect, useState } from "react";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Deletion } from "../api/shapes.ts";

/** Between two looks at a receipt, the first and the longest: what is large or must be waited for takes a while. Milliseconds. */
const FIRST_LOOK_MS = 1_000;
const LONGEST_LOOK_MS = 15_000;

/** A deletion's receipt, looked at again until it says that nothing is left. */
export function useDeletion(path: string, known: Deletion) {
  const [deletion, setDeletion] = useState(known);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [looks, setLooks] = useState(0);
  const isOver = deletion.state === "complete";
  useEffect(() => {
    if (isOver) return;
    const controller = new AbortController();
    const wait = Math.min(LONGEST_LOOK_MS, FIRST_LOOK_MS * 1.5 ** looks);
    const timer = setTimeout(() => {
      readJson<Deletion>(path, { signal: controller.signal }).then(
        (receipt) => {
          setProblem(null);
          setDeletion(receipt);
          setLooks((before) => before + 1);
        },
        (error: unknown) => {
          if (!controller.signal.aborted) setProblem(asProblem(error));
        },
      );
    }, wait);
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [path, isOver, looks]);
  return { deletion, problem, lookAgain: () => setLooks((before) => before + 1) };
}
