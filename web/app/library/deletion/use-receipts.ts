import { useEffect, useState } from "react";
import { readJson } from "../../api/client.ts";
import { mayPass } from "../../api/follow.ts";
import { type ApiProblem, asProblem } from "../../api/problem.ts";
import type { Deletion, List } from "../../api/shapes.ts";

/** Between two looks at receipts that aren't complete. Milliseconds. */
const LOOK_MS = 1_500;

/** Receipts as they are now, looked at until each is complete. */
export function useReceipts(begun: Deletion[]) {
  const [deletions, setDeletions] = useState(begun);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isOpen = deletions.some(({ state }) => state !== "complete");
  useEffect(() => {
    if (!isOpen || problem) return;
    const controller = new AbortController();
    const { signal } = controller;
    let timer = setTimeout(look, LOOK_MS);
    async function look(): Promise<void> {
      try {
        const now = await readReceipts(
          begun.map(({ id }) => id),
          signal,
        );
        if (!signal.aborted) setDeletions((old) => old.map((each) => now.get(each.id) ?? each));
      } catch (error) {
        if (!signal.aborted && !mayPass(asProblem(error).code)) setProblem(asProblem(error));
      }
      if (!signal.aborted) timer = setTimeout(look, LOOK_MS);
    }
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [begun, isOpen, problem]);
  return { deletions, problem, retry: () => setProblem(null) };
}

/** One by itself, several out of the list, in which the newest come first. */
async function readReceipts(ids: string[], signal: AbortSignal): Promise<Map<string, Deletion>> {
  const [only] = ids;
  if (only && ids.length === 1) {
    return new Map([[only, await readJson<Deletion>(`/deletions/${only}`, { signal })]]);
  }
  const wanted = new Set(ids);
  const found = new Map<string, Deletion>();
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: List<Deletion> = await readJson(`/deletions?limit=100${next}`, { signal });
    for (const deletion of page.data) if (wanted.has(deletion.id)) found.set(deletion.id, deletion);
    cursor = page.next_cursor;
  } while (cursor !== null && found.size < wanted.size);
  return found;
}
