import type { ProblemCode } from "../../api/problem.ts";

/** What went wrong, what is safe, what to do: one sentence or two a code. */
export const problems = {
  malformed_request: "That request couldn’t be read.",
  unsupported_media_type: "That request couldn’t be read.",
  invalid_request: "That request couldn’t be accepted.",
  unauthenticated: "You aren’t signed in, or your session has ended. Sign in and try again.",
  forbidden: "Your role doesn’t allow this. Ask an owner of the workspace.",
  tenant_required: "You belong to several workspaces and none is chosen.",
  not_found: "This no longer exists. It may have been deleted.",
  conflict: "Something changed in the meantime. Reload the page and try again.",
  idempotency_mismatch: "This was already sent with other contents. Reload the page and try again.",
  rate_limited: "Too many requests at once. Nothing is lost; wait a minute and try again.",
  too_large: "This file is too large.",
  quota_exceeded: "Your plan’s limit is reached.",
  billing_unavailable: "This installation takes no payments. Whoever runs it decides on the plan.",
  upstream_unavailable: "The model isn’t answering right now. Nothing is lost; try again shortly.",
  internal: "Something went wrong on our side. Nothing of yours was changed; try again.",
  unreachable: "Ancre can’t be reached. Check your connection, then try again.",
  interrupted: "The answer was cut off before its end. What arrived is kept; try again.",
} satisfies Record<ProblemCode, string>;
