import type { ErrorCode, QuotaFacts } from "../../../worker/errors.ts";

export type { QuotaFacts };

/** The API's own codes, and the two ways in which the network can fail: before an answer, and within a stream. */
export type ProblemCode = ErrorCode | "unreachable" | "interrupted";

/** A call that didn't succeed, as the API put it. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  readonly requestId: string | null;
  /** With `quota_exceeded`: the limit that was reached. */
  readonly quota: QuotaFacts | null;
  constructor(
    code: ProblemCode,
    detail = "",
    requestId: string | null = null,
    quota: QuotaFacts | null = null,
  ) {
    super(detail);
    this.code = code;
    this.requestId = requestId;
    this.quota = quota;
  }
}

/** Reads an RFC 9457 body; anything else than one of ours is a fault of what stands before the API. */
export function toProblem(body: unknown): ApiProblem {
  if (!isProblemBody(body)) return new ApiProblem("internal");
  return new ApiProblem(body.code, body.detail, body.request_id, body.quota ?? null);
}

/** Anything but a failed call is a bug of ours. */
export function asProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : new ApiProblem("internal");
}

/** For a rejected `fetch`, or a rejected read of its body: a `TypeError` there is the network's. */
export function rethrowUnreachable(error: unknown): never {
  throw error instanceof TypeError ? new ApiProblem("unreachable") : error;
}

type ProblemBody = { code: ErrorCode; detail: string; request_id: string; quota?: QuotaFacts };

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "code" in body && "request_id" in body;
}
