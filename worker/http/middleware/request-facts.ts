import { accepts } from "hono/accepts";
import { createMiddleware } from "hono/factory";
import type { Locale } from "../../context.ts";
import type { Wiring } from "../../wiring.ts";
import type { AppEnv } from "../router.ts";
import { readTrace } from "../trace-context.ts";

/** Notes what every later step may need: the wiring, an id for this request, its language, when it arrived. */
export function requestFacts(wiring: Wiring) {
  return createMiddleware<AppEnv>(async function setRequestFacts(c, next) {
    const requestId = crypto.randomUUID();
    c.set("wiring", wiring);
    c.set("startedAt", Date.now());
    c.set("requestId", requestId);
    c.set("locale", requestLocale(c));
    const trace = readTrace(c.req.header("traceparent"));
    c.set("trace", trace);
    await next();
    // Set on the finished response: a stream or download is one of its own.
    c.res.headers.set("X-Request-Id", requestId);
    c.res.headers.set("X-Trace-Id", trace.traceId);
    c.res.headers.set("X-Content-Type-Options", "nosniff");
  });
}

function requestLocale(c: Parameters<typeof accepts>[0]): Locale {
  const language = accepts(c, {
    header: "Accept-Language",
    supports: ["en", "fr"],
    default: "en",
    match: (offers, { supports, default: fallback }) =>
      offers
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => type.slice(0, 2).toLowerCase())
        .find((type) => supports.includes(type)) ?? fallback,
  });
  return language === "fr" ? "fr" : "en";
}
