import { createMiddleware } from "hono/factory";
import type { Account } from "./account.ts";
import { ApiError } from "./api-error.ts";
import { type FormParams, parseForm } from "./form-body.ts";
import { newId } from "./ids.ts";

/** What a handler of the API finds in its context: the parameters, and the encoded text they came in. */
export type ApiEnv = { Variables: { requestId: string; form: string; params: FormParams } };

/** Names the request as Stripe does, in `Request-Id`. */
export const requestId = createMiddleware<ApiEnv>(async (c, next) => {
  const id = newId("req");
  c.set("requestId", id);
  c.header("request-id", id);
  const version = c.req.header("stripe-version");
  if (version) c.header("stripe-version", version);
  await next();
});

/** Lets through only who has the secret key. */
export function authenticate(secretKey: string) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const key = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
    if (key === undefined) {
      throw new ApiError(
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        { status: 401 },
      );
    }
    if (key !== secretKey) {
      throw new ApiError(`Invalid API Key provided: ${key.slice(0, 8)}****${key.slice(-4)}`, { status: 401 });
    }
    await next();
  });
}

/** Reads the parameters: from the query string of a GET, from the body of a POST, from either of a DELETE. */
export const readForm = createMiddleware<ApiEnv>(async (c, next) => {
  const query = c.req.method === "POST" ? "" : new URL(c.req.url).search;
  const form = query || (c.req.method === "GET" ? "" : await c.req.text());
  c.set("form", form);
  c.set("params", parseForm(form));
  await next();
});

/** Saves after every request that may have changed something, before it is answered. */
export function saveAfter(account: Account) {
  return createMiddleware(async (c, next) => {
    await next();
    if (c.req.method !== "GET") await account.save();
  });
}
