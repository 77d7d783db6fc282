type ErrorDetails = {
  status?: number;
  type?: "invalid_request_error" | "idempotency_error" | "api_error";
  code?: string;
  param?: string;
  /** Whether the request was refused before anything ran: such an answer isn't kept for its idempotency key. */
  isValidation?: boolean;
};

/** An error in Stripe's shape: `{ error: { type, code, message, param, doc_url } }`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly isValidation: boolean;
  private readonly details: ErrorDetails;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.status = details.status ?? 400;
    this.isValidation = details.isValidation ?? false;
    this.details = details;
  }

  toJSON() {
    const { type = "invalid_request_error", code, param } = this.details;
    const docUrl = code && `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
    return { error: { type, code, message: this.message, param, doc_url: docUrl } };
  }
}

/**
 * An id that names nothing.
 *
 * @param param the parameter that carries the id; without it the id was in the path
 */
export function noSuch(kind: string, id: string, param?: string): ApiError {
  return new ApiError(`No such ${kind}: '${id}'`, {
    status: param ? 400 : 404,
    code: "resource_missing",
    param: param ?? "id",
  });
}
