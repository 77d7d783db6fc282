import { useEffect, useState } from "react";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { DocumentReport, ReportedPage } from "../api/shapes.ts";

/** Pages of one request. */
const STEP = 500;

type Reported = {
  pages: ReportedPage[];
  totals: DocumentReport["totals"] | null;
  problem: ApiProblem | null;
};

/** Every page of a version with how it begins and what reading it met; read again while `done` grows. */
export function useReportedPages(id: string, version: number, done: number) {
  const [state, setState] = useState<Reported & { version: number }>({
    pages: [],
    totals: null,
    problem: null,
    version,
  });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: pages that were read since are read here too
  useEffect(() => {
    const controller = new AbortController();
    readAll(id, version, controller.signal).then(
      (found) => setState({ ...found, problem: null, version }),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setState({ pages: [], totals: null, problem: asProblem(error), version });
      },
    );
    return () => controller.abort();
  }, [id, version, done, attempt]);
  const isOther = state.version !== version;
  return {
    pages: isOther ? [] : state.pages,
    totals: isOther ? null : state.totals,
    problem: isOther ? null : state.problem,
    retry: () => setAttempt((n) => n + 1),
  };
}

async function readAll(id: string, version: number, signal: AbortSignal): Promise<Omit<Reported, "problem">> {
  const pages: ReportedPage[] = [];
  let after: number | null = 0;
  let totals: DocumentReport["totals"] | null = null;
  while (after !== null) {
    const path: string = `/documents/${id}/report?version=${version}&limit=${STEP}&after=${after}`;
    const report: DocumentReport = await readJson(path, { signal });
    pages.push(...report.data);
    totals = report.totals;
    after = report.next_after;
  }
  return { pages, totals };
}
