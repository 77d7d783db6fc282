import { APIConnectionTimeoutError, APIUserAbortError, RateLimitError } from "openai";
import { expect, test } from "vitest";
import { UpstreamError } from "../../ports/language-model.ts";
import { restSeconds, upstreamError } from "./upstream-error.ts";

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0);

test.each([
  [429, { "retry-after": "7" }, 7],
  [429, { "retry-after": "1.5" }, 1.5],
  [429, { "retry-after": "Tue, 24 Nov 2026 12:01:30 GMT" }, 90],
  [429, { "retry-after-ms": "250", "retry-after": "9" }, 0.25],
  [503, { "retry-after": "30" }, 30],
  [429, { "retry-after": "Tue, 24 Nov 2026 11:00:00 GMT" }, 5],
  [429, { "retry-after": "soon" }, 5],
  [429, {}, 5],
  [503, {}, null],
  [500, { "retry-after": "30" }, null],
  [null, {}, null],
])("a %s with %j is left alone for %s seconds", (status, headers, seconds) => {
  expect(restSeconds(status, new Headers(headers as Record<string, string>), NOW)).toBe(seconds);
});

test.each([
  [{ "remaining-requests": "0", "reset-requests": "6m0s", "reset-tokens": "1s" }, 360],
  [{ "remaining-tokens": "0", "reset-requests": "1h", "reset-tokens": "1m2.5s" }, 62.5],
  [{ "remaining-requests": "0", "remaining-tokens": "0", "reset-requests": "20ms", "reset-tokens": "2s" }, 2],
  [{ "reset-requests": "8.64s", "reset-tokens": "3s" }, 3],
  [{ "reset-requests": "nonsense" }, 5],
])("a 429 without Retry-After waits for the limit that is used up: %j", (limits, seconds) => {
  const named = Object.entries(limits).map(([name, value]) => [`x-ratelimit-${name}`, value]);
  expect(restSeconds(429, new Headers(Object.fromEntries(named)), NOW)).toBe(seconds);
});

test("what the SDK throws is told apart: too much, away for now, and the caller's own abort", () => {
  const busy = upstreamError(
    "embedding",
    new RateLimitError(429, undefined, "slow down", new Headers({ "retry-after": "12" })),
  );
  expect(busy).toBeInstanceOf(UpstreamError);
  expect(busy).toMatchObject({ retryable: true, retryAfterSeconds: 12 });
  const away = upstreamError("embedding", new APIConnectionTimeoutError({}));
  expect(away).toMatchObject({ retryable: true, retryAfterSeconds: null });
  const abort = new APIUserAbortError();
  expect(upstreamError("embedding", abort, AbortSignal.abort())).toBe(abort);
});
