import { useEffect, useState } from "react";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { DocumentPage } from "../api/shapes.ts";
import type { Locale } from "../i18n/locale.ts";
import type { Anchor } from "./anchor.ts";

export type PageState =
  | { status: "loading" }
  | { status: "ready"; page: DocumentPage }
  | { status: "failed"; problem: ApiProblem };

/** The page an anchor stands on, in the version it was cited from. */
export function usePage(
  { document_id, page, version }: Anchor,
  locale: Locale,
): { state: PageState; retry: () => void } {
  const path = `/documents/${document_id}/pages/${page}?version=${version}`;
  const [loaded, setLoaded] = useState<{ path: string; state: PageState } | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further attempt loads the same page again
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    readJson<DocumentPage>(path, { locale, signal }).then(
      (text) => setLoaded({ path, state: { status: "ready", page: text } }),
      (error: unknown) => {
        if (!signal.aborted) setLoaded({ path, state: { status: "failed", problem: asProblem(error) } });
      },
    );
    return () => controller.abort();
  }, [path, locale, attempt]);
  const retry = () => {
    setLoaded(null);
    setAttempt((n) => n + 1);
  };
  return { state: loaded?.path === path ? loaded.state : { status: "loading" }, retry };
}
