import { callApi } from "../api/client.ts";
import { ApiProblem, asProblem, toProblem } from "../api/problem.ts";
import { readServerEvents } from "../api/server-events.ts";
import type { ChatEvent } from "../api/shapes.ts";
import type { PendingTurn } from "./pending-turns.ts";

/** Milliseconds before each look for a lost answer. The API goes on with it for 15 s, and then keeps what there is. */
const WAITS_MS = [250, 500, 1_000, 2_000, 4_000, 4_000, 4_000, 4_000, 4_000];

/** How often a question whose answer hasn't begun is sent again before it goes back to where it was written. */
const EARLY_TRIES = 2;

/** What passes: the network's faults, and those of a server that is just being replaced. */
const PASSING = new Set(["unreachable", "interrupted", "internal", "upstream_unavailable"]);

type Options = {
  signal: AbortSignal;
  /** Told whether the connection is being looked for. */
  onReconnecting: (isReconnecting: boolean) => void;
};

/**
 * An answer's events from its first to `done`, over as many connections as that takes: each goes on where the one before
 * was lost. Throws `ApiProblem`, or what the signal aborts with.
 */
export async function* followAnswer(
  { assistantId, body }: PendingTurn,
  { signal, onReconnecting }: Options,
): AsyncGenerator<ChatEvent, void> {
  let lastId: string | undefined;
  for (let lost = 0; ; ) {
    let isEnd = false;
    try {
      const headers: Record<string, string> = lastId === undefined ? {} : { "Last-Event-ID": lastId };
      const response = await callApi(`/chat/${assistantId}/stream`, { body, signal, headers });
      onReconnecting(false);
      if (!response.body) throw cut();
      for await (const { id, event, data } of readServerEvents(response.body)) {
        isEnd = event === "done" || event === "error";
        if (event === "error") throw toProblem(data);
        lost = 0;
        lastId = id ?? lastId;
        yield { event, data } as ChatEvent;
        if (isEnd) return;
      }
    } catch (error) {
      signal.throwIfAborted();
      const { code } = asProblem(error);
      if (isEnd || !PASSING.has(code)) throw lastId !== undefined && code === "not_found" ? cut() : error;
      if (lastId === undefined && (code !== "unreachable" || lost >= EARLY_TRIES)) throw error;
    }
    const wait = WAITS_MS[lost++];
    if (wait === undefined) throw cut();
    onReconnecting(true);
    await pause(wait, signal);
  }
}

function cut(): ApiProblem {
  return new ApiProblem("interrupted");
}

/** Waits, but not past the moment at which the network is back. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    globalThis.addEventListener?.("online", end);
    signal.addEventListener("abort", end);
  });
  signal.throwIfAborted();
}
