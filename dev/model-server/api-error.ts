/** An error in OpenAI's shape: `{ error: { message, type, param, code } }`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;

  constructor(status: number, message: string, { param = null, code = null }: Partial<ErrorPlace> = {}) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }

  toJSON() {
    const type = this.status >= 500 ? "server_error" : "invalid_request_error";
    return { error: { message: this.message, type, param: this.param, code: this.code } };
  }
}

type ErrorPlace = { param: string | null; code: string | null };
