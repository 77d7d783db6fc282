import { VectorStoreError } from "../../ports/vector-store.ts";

const MAX_TRIES = 4;
/** Milliseconds before the second try; each further one waits twice as long. */
const FIRST_WAIT_MS = 150;

/**
 * Tries a call until it passes, fails for good, or its time is up. A store's own `Retry-After` comes before ours;
 * when it asks for more than is left, the error goes to the caller at once, who may have hours.
 *
 * @param budgetMs milliseconds for all tries together; `signal` aborts at their end
 * @throws VectorStoreError of the last try
 */
export async function withRetries<T>(
  budgetMs: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = Date.now() + budgetMs;
  const signal = AbortSignal.timeout(budgetMs);
  for (let tries = 1; ; tries++) {
    try {
      return await call(signal);
    } catch (error) {
      if (!(error instanceof VectorStoreError) || !error.retryable || tries === MAX_TRIES) throw error;
      const backoff = FIRST_WAIT_MS * 2 ** (tries - 1) * (0.5 + Math.random());
      const wait = error.retryAfterSeconds === null ? backoff : error.retryAfterSeconds * 1_000;
      if (Date.now() + wait >= end) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/**
 * Milliseconds for a question, which somebody waits for and full text can answer alone (decision 029), and for a write,
 * which nobody waits for.
 */
export const QUERY_BUDGET_MS = 4_000;
export const WRITE_BUDGET_MS = 30_000;
