import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Account } from "./account.ts";
import { type ApiEnv, authenticate, readForm, requestId, saveAfter } from "./api-env.ts";
import { ApiError } from "./api-error.ts";
import { idempotency } from "./idempotency.ts";
import { type ApiRequest, requestLog } from "./request-log.ts";
import { apiRoutes } from "./routes/api.ts";
import { controlRoutes } from "./routes/control.ts";
import { pageRoutes } from "./routes/pages.ts";

/** The stand-in as one fetch handler: the API, what tests steer it by, and the pages Stripe would host. */
export function createApp(account: Account, secretKey: string) {
  const requests: ApiRequest[] = [];
  return new Hono<ApiEnv>()
    .use(saveAfter(account))
    .use("/v1/*", requestId, authenticate(secretKey), readForm, requestLog(requests), idempotency(account))
    .route("/v1", apiRoutes(account))
    .use("/_control/*", requestId, authenticate(secretKey), readForm)
    .route("/_control", controlRoutes(account, requests))
    .get("/health", (c) => c.json({ status: "ok" }))
    .route("/", pageRoutes(account))
    .notFound((c) => sendError(c, unknownUrl(c)))
    .onError((error, c) => sendError(c, error));
}

function sendError(c: Context, error: Error) {
  const failure =
    error instanceof ApiError ? error : new ApiError(String(error), { status: 500, type: "api_error" });
  return c.json(failure.toJSON(), failure.status as ContentfulStatusCode);
}

function unknownUrl(c: Context): ApiError {
  return new ApiError(
    `Unrecognized request URL (${c.req.method}: ${c.req.path}). This is Ancre's local stand-in for Stripe.`,
    { status: 404 },
  );
}
