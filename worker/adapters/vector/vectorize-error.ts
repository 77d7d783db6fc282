import { VectorStoreError } from "../../ports/vector-store.ts";

/** The binding keeps the status only in its message: `VECTOR_QUERY_ERROR: Status + 503`, `… (code = 40007): …`. */
const REFUSED = /\(code = 40\d{3}\)|Status \+? ?4\d\d/;
const COME_BACK = /Status \+? ?(408|429)|too many requests|rate.?limit/i;

/** Translates what the binding throws. */
export function vectorizeError(operation: string, error: unknown): VectorStoreError {
  if (error instanceof VectorStoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new VectorStoreError(`Vectorize ${operation} failed: ${message}`, {
    cause: error,
    retryable: COME_BACK.test(message) || !REFUSED.test(message),
  });
}

/** The binding takes no signal: this stops waiting for its answer. */
export function withinTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    const give = () => reject(new VectorStoreError("Vectorize didn't answer in time", { retryable: true }));
    if (signal.aborted) give();
    else signal.addEventListener("abort", give, { once: true });
  });
  return Promise.race([work, late]);
}
