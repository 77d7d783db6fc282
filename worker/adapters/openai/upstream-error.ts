import { UpstreamError } from "../../ports/language-model.ts";

/** Statuses after which the same call may pass: the SDK's own list of what it retries. */
const RETRYABLE = new Set([408, 409, 425, 429]);

/** Translates whatever the SDK throws; an abort by the caller passes through untouched. */
export function upstreamError(call: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "APIUserAbortError" || error.name === "AbortError") {
    return error;
  }
  const status = "status" in error && typeof error.status === "number" ? error.status : null;
  const retryable = status === null || status >= 500 || RETRYABLE.has(status);
  const headers = "headers" in error && error.headers instanceof Headers ? error.headers : null;
  const retryAfter = Number(headers?.get("retry-after"));
  return new UpstreamError(`${call} failed: ${status ?? "no answer"} ${error.message}`, {
    cause: error,
    retryable,
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
  });
}
