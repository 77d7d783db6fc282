/** Everything that can go wrong on purpose. Each code has one HTTP status, in `http/problem.ts`. */
export type ErrorCode =
  | "malformed_request"
  | "unsupported_media_type"
  | "invalid_request"
  | "unauthenticated"
  | "forbidden"
  | "tenant_required"
  | "not_found"
  | "conflict"
  | "idempotency_mismatch"
  | "rate_limited"
  | "too_large"
  | "quota_exceeded"
  | "billing_unavailable"
  | "upstream_unavailable"
  | "internal";

export type FieldError = { path: string; message: string };

/** A plan's limit that was reached. `resets_at` is null for what is held rather than spent. */
export type QuotaFacts = {
  metric: string;
  plan: string;
  used: number;
  requested: number;
  limit: number;
  resets_at: string | null;
  upgrade: { plan: string; limit: number; url: string } | null;
};

type Details = ErrorOptions & { fields?: FieldError[]; quota?: QuotaFacts; retryAfterSeconds?: number };

/** An error whose `message` is written for the caller. Anything else that is thrown stays inside. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  readonly quota: QuotaFacts | null;
  readonly retryAfterSeconds: number | null;
  constructor(code: ErrorCode, message: string, options: Details = {}) {
    super(message, options);
    this.code = code;
    this.fields = options.fields ?? [];
    this.quota = options.quota ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** The same answer for an id that doesn't exist and for one of another tenant. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `There is no such ${what}.`);
}
