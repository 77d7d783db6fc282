import { useEffect, useState } from "react";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import { type Found, findEverywhere, NOTHING } from "./find-everywhere.ts";
import { matches } from "./matches.ts";

/** How long a pause in typing is before it is searched. Milliseconds. */
const PAUSE_MS = 140;

/** What has the text in its name, looked for while one types; the last results stay in sight until the next are there. */
export function useFound(text: string, isOpen: boolean) {
  const [found, setFound] = useState<Found>(NOTHING);
  const [isSearching, setSearching] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt looks for the same once more
  useEffect(() => {
    if (!isOpen) return;
    const controller = new AbortController();
    const { signal } = controller;
    setSearching(true);
    const settle = (results: Found | null, failure: ApiProblem | null) => {
      if (signal.aborted) return;
      setFound(results ?? NOTHING);
      setProblem(failure);
      setSearching(false);
    };
    const timer = setTimeout(
      () =>
        void findEverywhere(text, signal).then(
          (results) => settle(results, null),
          (error: unknown) => settle(null, asProblem(error)),
        ),
      text === "" ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, isOpen, attempt]);
  return { found: narrow(found, text), isSearching, problem, retry: () => setAttempt((n) => n + 1) };
}

/** Without what was found for an earlier text and doesn't hold for this one: Enter must not open it. */
function narrow({ documents, assistants, conversations }: Found, text: string): Found {
  const holds = (name: string) => name.toLowerCase().includes(text.toLowerCase());
  return {
    documents: documents.filter(({ filename }) => holds(filename)),
    assistants: assistants.filter(({ name }) => matches(name, text)),
    conversations: conversations.filter(({ title }) => holds(title)),
  };
}
