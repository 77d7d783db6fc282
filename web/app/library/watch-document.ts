import { callApi } from "../api/client.ts";
import { asProblem, type ProblemCode, toProblem } from "../api/problem.ts";
import { readServerEvents } from "../api/server-events.ts";
import type { LibraryDocument } from "../api/shapes.ts";
import { isUnderway } from "./library-state.ts";

const RECONNECT_MS = 2_000;
/** What may be over at the next attempt; the API means the rest. */
const PASSING: ProblemCode[] = ["unreachable", "interrupted", "upstream_unavailable", "internal"];

/**
 * A document each time it moves, until it is ready or failed; null once it is gone. Reconnects by itself where that
 * can help, else throws `ApiProblem`: signed out, or not allowed any more.
 */
export async function* watchDocument(
  id: string,
  signal: AbortSignal,
): AsyncGenerator<LibraryDocument | null, void> {
  while (!signal.aborted) {
    try {
      for await (const document of progressOf(id, signal)) {
        yield document;
        if (!isUnderway(document)) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      const problem = asProblem(error);
      if (problem.code === "not_found") return yield null;
      if (!PASSING.includes(problem.code)) throw problem;
    }
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}

async function* progressOf(id: string, signal: AbortSignal): AsyncGenerator<LibraryDocument, void> {
  const { body } = await callApi(`/documents/${id}/events`, { signal });
  if (!body) return;
  for await (const { event, data } of readServerEvents(body)) {
    if (event === "error") throw toProblem(data);
    if (event === "progress") yield data as LibraryDocument;
  }
}
