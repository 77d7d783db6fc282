import { useEffect, useState } from "react";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";

export type Loaded<T> =
  | { status: "loading" }
  | { status: "ready"; value: T }
  | { status: "failed"; problem: ApiProblem };

/** What the API answers at a path, loaded anew when the path changes. */
export function useLoaded<T>(path: string): { state: Loaded<T>; retry: () => void } {
  const [loaded, setLoaded] = useState<{ path: string; state: Loaded<T> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt loads the same path again
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    readJson<T>(path, { signal }).then(
      (value) => setLoaded({ path, state: { status: "ready", value } }),
      (error: unknown) => {
        if (!signal.aborted) setLoaded({ path, state: { status: "failed", problem: asProblem(error) } });
      },
    );
    return () => controller.abort();
  }, [path, attempt]);
  const retry = () => {
    setLoaded(null);
    setAttempt((n) => n + 1);
  };
  return { state: loaded?.path === path ? loaded.state : { status: "loading" }, retry };
}
