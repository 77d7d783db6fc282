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
  | "too_large"
  | "quota_exceeded"
  | "upstream_unavailable"
  | "internal";

export type FieldError = { path: string; message: string };

/** An error whose `message` is written for the caller. Anything else that is thrown stays inside. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: FieldError[];
  constructor(code: ErrorCode, message: string, options: ErrorOptions & { fields?: FieldError[] } = {}) {
    super(message, options);
    this.code = code;
    this.fields = options.fields ?? [];
  }
}

/** The same answer for an id that doesn't exist and for one of another tenant. */
export function notFound(what: string): AppError {
  return new AppError("not_found", `There is no such ${what}.`);
}
