import { mayPass } from "../api/follow.ts";
import { type ApiProblem, asProblem, type ProblemCode } from "../api/problem.ts";

/** Tries at what may pass, waiting twice as long each time: about four minutes in all. */
const MAX_TRIES = 8;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** A minute's rate starts anew within it. */
const RATE_WAIT_MS = 30_000;
/** As many imports as may be are under way; one of them ends in the meantime. */
const FULL_WAIT_MS = 10_000;

/** Milliseconds to wait before the same call is made again; null: it is of no use. */
export function waitBeforeRetry(code: ProblemCode, tries: number, isQueueing: boolean): number | null {
  if (code === "rate_limited") return RATE_WAIT_MS;
  if (code === "conflict" && isQueueing) return FULL_WAIT_MS;
  if (!mayPass(code) || tries >= MAX_TRIES) return null;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
}

/**
 * Does something until it succeeds, telling what holds it up meanwhile, or null. With `isQueueing` a conflict means that
 * as much as may be is under way, and is waited for too. Throws `ApiProblem` for what waiting
 * doesn't mend, and what the signal aborts with.
 */
export async function patiently<T>(
  act: () => Promise<T>,
  signal: AbortSignal,
  onHeldUp: (problem: ApiProblem | null) => void,
  isQueueing = false,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      const result = await act();
      if (tries > 1) onHeldUp(null);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      const problem = asProblem(error);
      const wait = waitBeforeRetry(problem.code, tries, isQueueing);
      if (wait === null) throw problem;
      onHeldUp(problem);
      await pause(wait, signal);
    }
  }
}

/** Waits, but no longer than until the network is back. Throws what the signal aborts with. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const controller = new AbortController();
    const end = () => {
      controller.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener("online", end, { signal: controller.signal });
    signal.addEventListener("abort", end, { signal: controller.signal });
  });
  signal.throwIfAborted();
}
