import { useEffect, useRef, useState } from "react";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { ImportEntry, List } from "../api/shapes.ts";
import type { Batch } from "./batch.ts";

/** Entries asked for at once, and shown before more are asked for. */
const STEP = 100;
/** Between two looks while an import goes on. Milliseconds. */
const LOOK_MS = 1_500;

type Listed = {
  entries: ImportEntry[];
  hasMore: boolean;
  problem: ApiProblem | null;
  /** Which were asked for; null before the first answer. */
  onlyFailed: boolean | null;
};

/** What a batch's imports hold, in their order, kept up to date with their counts. */
export function useEntries({ imports }: Batch, onlyFailed: boolean) {
  const [wanted, setWanted] = useState(STEP);
  const [attempt, setAttempt] = useState(0);
  const [listed, setListed] = useState<Listed>({
    entries: [],
    hasMore: false,
    problem: null,
    onlyFailed: null,
  });
  const isLoading = listed.onlyFailed !== onlyFailed;
  const asked = useRef({ wanted, attempt });
  const ids = imports.map(({ id }) => id).join();
  const moved = JSON.stringify(imports.map(({ state, counts }) => [state, counts]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever moved or is asked for again is read again
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const isAsked = isLoading || asked.current.wanted !== wanted || asked.current.attempt !== attempt;
    asked.current = { wanted, attempt };
    const timer = setTimeout(
      () =>
        readEntries(ids === "" ? [] : ids.split(","), onlyFailed, wanted, signal).then(
          (found) => setListed({ ...found, problem: null, onlyFailed }),
          (error: unknown) => {
            if (signal.aborted) return;
            const entries = isLoading ? { entries: [], hasMore: false } : {};
            setListed((now) => ({ ...now, ...entries, problem: asProblem(error), onlyFailed }));
          },
        ),
      isAsked ? 0 : LOOK_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [ids, moved, onlyFailed, wanted, attempt]);
  return {
    ...listed,
    ...(isLoading ? { entries: [], hasMore: false, problem: null } : {}),
    isLoading,
    showMore: () => setWanted((n) => n + STEP),
    retry: () => setAttempt((n) => n + 1),
  };
}

async function readEntries(
  importIds: string[],
  onlyFailed: boolean,
  wanted: number,
  signal: AbortSignal,
): Promise<{ entries: ImportEntry[]; hasMore: boolean }> {
  const entries: ImportEntry[] = [];
  for (const [index, id] of importIds.entries()) {
    let cursor: string | null = null;
    do {
      const search = new URLSearchParams({ limit: String(STEP) });
      if (onlyFailed) search.set("state", "failed");
      if (cursor) search.set("cursor", cursor);
      const page: List<ImportEntry> = await readJson(`/imports/${id}/entries?${search}`, { signal });
      entries.push(...page.data);
      cursor = page.next_cursor;
      const isLast = cursor === null && index === importIds.length - 1;
      if (entries.length >= wanted) return { entries, hasMore: !isLast };
    } while (cursor);
  }
  return { entries, hasMore: false };
}
