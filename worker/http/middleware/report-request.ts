import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { logDone } from "../../log.ts";
import { progressFacts } from "../../services/chat/progress.ts";
import type { AppEnv } from "../router.ts";
import { serverTiming } from "../server-timing.ts";
import { timingsOf } from "../timings.ts";

/**
 * One line in the log a request, when its answer has ended: ids, figures and kinds, nothing that somebody wrote and no
 * path, since it may hold ids that a caller made up. Every answer says in `Server-Timing` what took how long.
 */
export function reportRequest() {
  return createMiddleware<AppEnv>(async function logOnce(c, next) {
    let streams = false;
    let written = false;
    const write = () => {
      if (written) return;
      written = true;
      logDone("request", requestLine(c));
    };
    c.set("endsWithStream", () => {
      streams = true;
      return write;
    });
    await next();
    if (!c.res.headers.has("Server-Timing")) {
      c.res.headers.set("Server-Timing", serverTiming(timingsOf(c)));
    }
    if (!streams) write();
  });
}

function requestLine(c: Context<AppEnv>): Record<string, unknown> {
  const { trace, requestId, locale } = c.var;
  // What a request that was refused early never got.
  const { ctx, principal, progress } = c.var as Partial<AppEnv["Variables"]>;
  return {
    request_id: requestId,
    trace_id: trace.traceId,
    span_id: trace.spanId,
    ...(trace.parentId ? { parent_id: trace.parentId } : {}),
    method: c.req.method,
    route: routePattern(c),
    status: c.res.status,
    tenant_id: ctx?.tenantId ?? null,
    actor: ctx?.actor.kind ?? (principal?.kind === "person" ? "user" : (principal?.kind ?? null)),
    locale,
    ...(progress ? progressFacts(progress) : {}),
    timings: timingsOf(c),
  };
}

/** The pattern of the route that answered; null where none did. Middleware is registered for every method. */
function routePattern(c: Context<AppEnv>): string | null {
  return (
    matchedRoutes(c)
      .filter(({ method }) => method !== "ALL")
      .at(-1)?.path ?? null
  );
}
