import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { personDatabase } from "../../db/client.ts";
import { AppError } from "../../errors.ts";
import { claimKey } from "../../services/idempotency/claim.ts";
import type { KeptResponse } from "../../services/idempotency/sealed-response.ts";
import { sha256Hex, sha256OfStream } from "../../services/sha256.ts";
import type { AppEnv } from "../router.ts";
import { principalId } from "./limit-rate.ts";

/** Characters of a key; Stripe's bound. */
const MAX_KEY = 255;

/** Headers that belong to an answer's content. */
const KEPT_HEADERS = ["Content-Type", "Location", "Server-Timing"];

/**
 * Honours `Idempotency-Key` on POSTs that answer JSON: the same key with the same content gives the first answer again,
 * with other content 422, while the first still runs 409. What was refused before anything ran — not valid, not
 * allowed, over a limit — isn't kept, so that it can be put right under the same key.
 */
export function repeatSafely() {
  return createMiddleware<AppEnv>(async function honourIdempotencyKey(c, next) {
    const key = c.req.header("Idempotency-Key");
    if (key === undefined || c.req.method !== "POST" || c.req.path.endsWith("/stream")) return next();
    if (key === "" || key.length > MAX_KEY) {
      throw new AppError("invalid_request", `An Idempotency-Key has 1 to ${MAX_KEY} characters.`);
    }
    const { principal, wiring } = c.var;
    const ctx = c.get("ctx") as AppEnv["Variables"]["ctx"] | undefined;
    const person = principalId(principal);
    const claim = await claimKey(ctx?.db ?? personDatabase(wiring.database, person), {
      tenantId: ctx?.tenantId ?? null,
      principalId: person,
      rights: ctx?.actor.kind === "user" ? ctx.actor.role : "",
      key,
      pepper: wiring.env.DATABASE_URL,
      route: `${c.req.method} ${c.req.path}`,
      requestSha256: await requestDigest(c),
    });
    if (claim.kind === "repeated") return repeat(claim.response);
    const work = (async () => {
      await next();
      const response = await toKept(c.res);
      await (response ? claim.finish(response) : claim.abandon());
    })();
    // A client that leaves, and then asks again, must find what became of its first request.
    c.executionCtx.waitUntil(work.catch(() => {}));
    await work;
  });
}

function repeat({ status, headers, body }: KeptResponse): Response {
  return new Response(status === 204 ? null : body, {
    status,
    headers: { ...headers, "Idempotent-Replayed": "true" },
  });
}

/** The answer to keep: what was done, and what went wrong while doing it, but for an upstream that may be back soon. */
async function toKept(response: Response): Promise<KeptResponse | null> {
  if (!response.ok && (response.status < 500 || response.status === 503)) return null;
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { status: response.status, headers, body: await response.clone().text() };
}

/** Over all that the body says. A form's boundary is random, so its fields and files are read one by one. */
async function requestDigest(c: Context<AppEnv>): Promise<string> {
  if (!c.req.header("Content-Type")?.startsWith("multipart/")) return sha256Hex(await c.req.text());
  const parts: unknown[] = [];
  // Kept by hono, for the route to read it once more.
  const body = await c.req.arrayBuffer();
  const headers = { "Content-Type": c.req.header("Content-Type") ?? "" };
  for (const [name, value] of await new Response(body, { headers }).formData()) {
    parts.push(
      typeof value === "string" ? [name, value] : [name, value.name, await sha256OfStream(value.stream())],
    );
  }
  return sha256Hex(JSON.stringify(parts));
}
