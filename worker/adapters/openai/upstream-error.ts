import { UpstreamError } from "../../ports/language-model.ts";

/** Statuses after which the same call may pass: the SDK's own list of what it retries. */
const RETRYABLE = new Set([408, 409, 425, 429]);
/** Seconds to leave an upstream alone that says "too many requests" and not for how long. */
const UNSAID_SECONDS = 5;

/** Translates whatever the SDK throws; after an abort by the caller, whose `signal` it is, it passes through untouched. */
export function upstreamError(call: string, error: unknown, signal?: AbortSignal): unknown {
  if (!(error instanceof Error) || signal?.aborted) return error;
  const status = "status" in error && typeof error.status === "number" ? error.status : null;
  const retryable = status === null || status >= 500 || RETRYABLE.has(status);
  const headers = "headers" in error && error.headers instanceof Headers ? error.headers : new Headers();
  return new UpstreamError(`${call} failed: ${status ?? "no answer"} ${error.message}`, {
    cause: error,
    retryable,
    retryAfterSeconds: restSeconds(status, headers),
  });
}

/**
 * How long the upstream asks to be left alone: `retry-after-ms`, `Retry-After` in seconds or as a date, else when the
 * limits that OpenAI names are free again. Null unless it is about load.
 */
export function restSeconds(
  status: number | null,
  headers: Headers,
  now: number = Date.now(),
): number | null {
  const said = saidSeconds(headers, now);
  if (status === 429) return said ?? limitSeconds(headers) ?? UNSAID_SECONDS;
  return status === 503 ? said : null;
}

function saidSeconds(headers: Headers, now: number): number | null {
  const milliseconds = Number.parseFloat(headers.get("retry-after-ms") ?? "");
  if (milliseconds > 0) return milliseconds / 1_000;
  const text = headers.get("retry-after")?.trim() ?? "";
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1_000;
  return seconds > 0 ? seconds : null;
}

/** The later of the limits that are used up; where none says so, the sooner, since one of them was met. */
function limitSeconds(headers: Headers): number | null {
  const limits = ["requests", "tokens"].flatMap((limit) => {
    const seconds = parseDuration(headers.get(`x-ratelimit-reset-${limit}`) ?? "");
    return seconds === null
      ? []
      : [{ seconds, usedUp: headers.get(`x-ratelimit-remaining-${limit}`) === "0" }];
  });
  const usedUp = limits.filter((limit) => limit.usedUp).map(({ seconds }) => seconds);
  if (usedUp.length > 0) return Math.max(...usedUp);
  return limits.length > 0 ? Math.min(...limits.map(({ seconds }) => seconds)) : null;
}

const SECONDS = { d: 86_400, h: 3_600, m: 60, s: 1, ms: 0.001 } as const;

/** "6m0s", "1.5s", "20ms" in seconds; null for anything else, and for nothing at all. */
function parseDuration(text: string): number | null {
  if (!/^(\d+(\.\d+)?(ms|[dhms]))+$/.test(text)) return null;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/g)) {
    seconds += Number(amount) * SECONDS[unit as keyof typeof SECONDS];
  }
  return seconds > 0 ? seconds : null;
}
