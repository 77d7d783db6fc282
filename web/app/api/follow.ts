import { callApi } from "./client.ts";
import { asProblem, type ProblemCode, toProblem } from "./problem.ts";
import { readServerEvents } from "./server-events.ts";
import type { Import, LibraryDocument } from "./shapes.ts";

const RECONNECT_MS = 2_000;
/** What may be over at the next attempt; the API means the rest. */
const PASSING: ProblemCode[] = ["unreachable", "interrupted", "upstream_unavailable", "internal"];

/** Whether the same call may succeed a moment later. */
export function mayPass(code: ProblemCode): boolean {
  return PASSING.includes(code);
}

/** Whether Ancre still works on a document. */
export function isUnderway({ status }: Pick<LibraryDocument, "status">): boolean {
  return status === "queued" || status === "processing";
}

/** Whether Ancre still works on an import. */
export function isImporting({ state }: Pick<Import, "state">): boolean {
  return state === "listing" || state === "running";
}

/** A document each time it moves, until it is ready or failed; else as `follow`. */
export function followDocument(id: string, signal: AbortSignal) {
  return follow<LibraryDocument>(`/documents/${id}`, isUnderway, signal);
}

/** An import each time it moves, until it is done, failed or cancelled; else as `follow`. */
export function followImport(id: string, signal: AbortSignal) {
  return follow<Import>(`/imports/${id}`, isImporting, signal);
}

/**
 * What stands at a path each time it moves, as long as `goesOn` says so of it; null once it is gone. Reconnects by
 * itself where that can help, else throws `ApiProblem`: signed out, or not allowed any more.
 */
async function* follow<T>(
  path: string,
  goesOn: (value: T) => boolean,
  signal: AbortSignal,
): AsyncGenerator<T | null, void> {
  while (!signal.aborted) {
    try {
      for await (const value of progressOf<T>(path, signal)) {
        yield value;
        if (!goesOn(value)) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      const problem = asProblem(error);
      if (problem.code === "not_found") return yield null;
      if (!mayPass(problem.code)) throw problem;
    }
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}

async function* progressOf<T>(path: string, signal: AbortSignal): AsyncGenerator<T, void> {
  const { body } = await callApi(`${path}/events`, { signal });
  if (!body) return;
  for await (const { event, data } of readServerEvents(body)) {
    if (event === "error") throw toProblem(data);
    if (event === "progress") yield data as T;
  }
}
