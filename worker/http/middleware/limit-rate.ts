import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../errors.ts";
import type { AppEnv, Principal } from "../router.ts";

/** Requests per period of each limit, as `wrangler.toml` configures the bindings. */
export const RATE_LIMITS = {
  api: { limit: 1_200, periodSeconds: 60 },
  /** For what calls a model: chat and search. */
  model: { limit: 300, periodSeconds: 60 },
} as const;

type RateName = keyof typeof RATE_LIMITS;

const CALLS_A_MODEL = /^\/api\/v1\/(chat\/[^/]+(\/stream)?|assistants\/preview\/stream|search)$/;

/**
 * A brake on abuse, one count a principal and Cloudflare location; plans are enforced elsewhere, exactly. The binding
 * tells only whether one more is allowed, so `RateLimit-Remaining` is sent where it is known: at zero.
 */
export function limitRate() {
  return createMiddleware<AppEnv>(async function limitPrincipal(c, next) {
    const name = c.req.method === "POST" && CALLS_A_MODEL.test(c.req.path) ? "model" : "api";
    await allowOneMore(c, name, principalId(c.var.principal));
    await next();
    const { limit, periodSeconds } = RATE_LIMITS[name];
    c.res.headers.set("RateLimit-Limit", String(limit));
    c.res.headers.set("RateLimit-Policy", `${limit};w=${periodSeconds}`);
  });
}

/** Who is counted: a person or an API key. */
export function principalId(principal: Principal): string {
  return principal.kind === "key" ? `key:${principal.actor.keyId}` : principal.person.userId;
}

/** Counts a request. Throws `rate_limited`, with the headers that say when to come back. */
export async function allowOneMore(c: Context<AppEnv>, name: RateName, key: string): Promise<void> {
  const { env } = c.get("wiring");
  const binding = name === "model" ? env.MODEL_RATE_LIMIT : env.API_RATE_LIMIT;
  const { success } = await binding.limit({ key });
  if (success) return;
  const { limit, periodSeconds } = RATE_LIMITS[name];
  c.header("RateLimit-Limit", String(limit));
  c.header("RateLimit-Policy", `${limit};w=${periodSeconds}`);
  c.header("RateLimit-Remaining", "0");
  c.header("RateLimit-Reset", String(periodSeconds));
  throw new AppError(
    "rate_limited",
    `More than ${limit} requests in ${periodSeconds} seconds. Wait a moment.`,
    {
      retryAfterSeconds: periodSeconds,
    },
  );
}
