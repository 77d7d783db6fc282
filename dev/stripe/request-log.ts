import { createMiddleware } from "hono/factory";
import type { ApiEnv } from "./api-env.ts";
import type { FormParams } from "./form-body.ts";

/** An API call as it was received. */
export type ApiRequest = { method: string; path: string; idempotency_key: string | null; params: FormParams };

const KEPT = 2000;

/** Notes every API call in the list, oldest first. */
export function requestLog(requests: ApiRequest[]) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const { method, path } = c.req;
    const idempotencyKey = c.req.header("idempotency-key") ?? null;
    requests.push({ method, path, idempotency_key: idempotencyKey, params: c.var.params });
    if (requests.length > KEPT) requests.shift();
    await next();
  });
}
