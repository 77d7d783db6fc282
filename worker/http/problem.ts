import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isDatabaseAway, isDatabaseError } from "../db/client.ts";
import { AppError, type ErrorCode, type FieldError, type QuotaFacts } from "../errors.ts";
import { errorFacts, logEvent } from "../log.ts";
import { BillingFailure } from "../ports/billing.ts";
import { UpstreamError } from "../ports/language-model.ts";
import { VectorStoreError } from "../ports/vector-store.ts";
import { timingsOf } from "./timings.ts";

const STATUS: Record<ErrorCode, { status: ContentfulStatusCode; title: string }> = {
  malformed_request: { status: 400, title: "The request can't be read" },
  unsupported_media_type: { status: 415, title: "Wrong Content-Type" },
  invalid_request: { status: 422, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Sign in first" },
  forbidden: { status: 403, title: "Not allowed" },
  tenant_required: { status: 400, title: "Choose a tenant" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "The request conflicts with the current state" },
  idempotency_mismatch: { status: 422, title: "This Idempotency-Key was used for another request" },
  rate_limited: { status: 429, title: "Too many requests" },
  too_large: { status: 413, title: "Too large" },
  quota_exceeded: { status: 402, title: "Plan limit reached" },
  billing_unavailable: { status: 503, title: "Billing isn't available" },
  upstream_unavailable: { status: 503, title: "An upstream service doesn't answer right now" },
  internal: { status: 500, title: "Something went wrong on our side" },
};

/** RFC 9457. `code` is stable and for programs; `detail` is for people. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  request_id: string;
  errors?: FieldError[];
  /** With `quota_exceeded`: the limit, the usage, when it resets and how to have more. */
  quota?: QuotaFacts;
};

/** What a caller may know of an error: an `AppError` as it is, an upstream's failure in general terms, else nothing. */
export function toProblem(error: unknown, requestId: string): Problem {
  const known = toAppError(error);
  const { status, title } = STATUS[known.code];
  return {
    type: `urn:ancre:problem:${known.code}`,
    title,
    status,
    detail: known.message,
    code: known.code,
    request_id: requestId,
    ...(known.fields.length > 0 ? { errors: known.fields } : {}),
    ...(known.quota ? { quota: known.quota } : {}),
  };
}

/** Of a question's problem, with what is known of its steps. */
export function problemResponse(c: Context, error: unknown): Response {
  const problem = toProblem(error, c.get("requestId") ?? "");
  const timings = c.get("progress") ? timingsOf(c) : undefined;
  const wait = error instanceof AppError ? error.retryAfterSeconds : null;
  return c.body(
    JSON.stringify({ ...problem, ...(timings ? { timings } : {}) }),
    STATUS[problem.code].status,
    {
      "Content-Type": "application/problem+json",
      ...(wait === null ? {} : { "Retry-After": String(wait) }),
      ...(problem.code === "unauthenticated" ? { "WWW-Authenticate": "Bearer" } : {}),
    },
  );
}

function upstreamDetail(error: UpstreamError): string {
  const inStore = error instanceof VectorStoreError;
  if (error.retryable) {
    return `The ${inStore ? "vector store" : "model server"} didn't answer. Nothing is lost; try again shortly.`;
  }
  return inStore
    ? "The vector store refused this request; its configuration needs a look."
    : "The model server refused this request; check the assistant's model.";
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof UpstreamError) return new AppError("upstream_unavailable", upstreamDetail(error));
  if (isDatabaseAway(error)) {
    return new AppError("upstream_unavailable", "The database didn't answer. Try again shortly.");
  }
  if (error instanceof BillingFailure) {
    return new AppError("billing_unavailable", "The payment provider didn't answer. Try again shortly.");
  }
  // hono's validator throws these before any handler runs.
  if (error instanceof HTTPException && error.status === 400) {
    return new AppError("malformed_request", "The body can't be read as its Content-Type says.");
  }
  if (error instanceof HTTPException && error.status === 415) {
    return new AppError("unsupported_media_type", "This route takes another Content-Type; see /docs.");
  }
  return new AppError("internal", "Try again; if it fails again, give this request id to support.");
}

/**
 * Errors that nobody caused on purpose, with where they came from; the caller gets the request id alone. What the database
 * or an upstream says of one is left out: a failed statement's words hold the statement, and with it questions and chunks.
 */
export function logUnexpected(error: unknown, requestId: string): void {
  if (error instanceof AppError || error instanceof HTTPException) return;
  const ours = error instanceof Error && !isDatabaseError(error) && !(error instanceof UpstreamError);
  const frames =
    error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  logEvent("request.error", {
    request_id: requestId,
    ...errorFacts(error),
    ...(ours ? { message: error.message } : {}),
    stack: frames.join("\n"),
  });
}
