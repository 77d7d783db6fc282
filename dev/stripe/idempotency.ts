import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createMiddleware } from "hono/factory";
import type { Account } from "./account.ts";
import type { ApiEnv } from "./api-env.ts";
import { ApiError } from "./api-error.ts";
import { now } from "./clock.ts";
import { recordOf } from "./records.ts";

const KEPT_FOR = 24 * 3600;

/** No request takes no time: one with the same key must be able to meet the first while it runs, in ms. */
const LEAST_DURATION = 10;

/**
 * Keeps Stripe's promise for `Idempotency-Key`: the same POST again gets the first one's status and body, with
 * `Idempotent-Replayed`. A request refused for its parameters isn't remembered. On a DELETE the key has no effect.
 */
export function idempotency({ records }: Account) {
  const running = new Set<string>();
  const answers = records.idempotentAnswers;

  return createMiddleware<ApiEnv>(async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || key === undefined) return next();
    c.header("idempotency-key", key);
    if (key === "" || key.length > 255) {
      throw new ApiError("Idempotency keys must have 1 to 255 characters.", { type: "idempotency_error" });
    }
    for (const [old, { at }] of Object.entries(answers)) if (at + KEPT_FOR <= now()) delete answers[old];

    const fingerprint = fingerprintOf(c.req.method, c.req.path, c.var.form);
    const answer = recordOf(answers, key);
    if (answer) {
      if (answer.fingerprint !== fingerprint) throw mismatch(key);
      c.header("idempotent-replayed", "true");
      c.header("original-request", answer.requestId);
      return new Response(answer.body, {
        status: answer.status,
        headers: { ...Object.fromEntries(c.res.headers), "content-type": "application/json" },
      });
    }
    if (running.has(key)) throw stillRunning(key);

    running.add(key);
    try {
      await sleep(LEAST_DURATION);
      await next();
      if (c.error instanceof ApiError && c.error.isValidation) return;
      const body = await c.res.clone().text();
      answers[key] = { at: now(), fingerprint, requestId: c.var.requestId, status: c.res.status, body };
    } finally {
      running.delete(key);
    }
  });
}

function fingerprintOf(method: string, path: string, form: string): string {
  const params = new URLSearchParams(form);
  params.sort();
  return createHash("sha256").update(`${method} ${path}\n${params}`).digest("base64url");
}

function mismatch(key: string): ApiError {
  return new ApiError(
    `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    { type: "idempotency_error" },
  );
}

function stillRunning(key: string): ApiError {
  return new ApiError(
    `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    { status: 409, type: "idempotency_error", code: "idempotency_key_in_use" },
  );
}
