import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { AppError } from "../../errors.ts";
import { CredentialRefused } from "../../ports/identity.ts";
import { authenticateKey } from "../../services/api-keys/authenticate.ts";
import type { AppEnv, Principal } from "../router.ts";
import { allowOneMore } from "./limit-rate.ts";

/** Routes whose first transaction asks whether key or membership still holds, beside all else: they need no trip of its own. */
export const ASKS_ITSELF = /^\/api\/v1\/chat\/[^/]+(\/stream)?$/;

/**
 * Recognises the sender: an API key, else what the first identity provider makes of the request. A credential that
 * doesn't hold is refused, never passed over for a weaker one. Answers 401, or 429 to an address that fails too often.
 */
export function authenticate() {
  return createMiddleware<AppEnv>(async function recogniseSender(c, next) {
    try {
      c.set("principal", await recognise(c));
    } catch (error) {
      const refused = toRefusal(error);
      if (!refused) throw error;
      await allowOneMore(c, "api", `address:${c.req.header("CF-Connecting-IP") ?? "unknown"}`);
      throw refused;
    }
    await next();
  });
}

async function recognise(c: Context<AppEnv>): Promise<Principal> {
  const { identities, database, keyring } = c.get("wiring");
  const bearer = /^Bearer +(anc_\S*)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  if (bearer) {
    const background = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
    const holder = ASKS_ITSELF.test(c.req.path)
      ? await keyring(bearer, background)
      : await authenticateKey(database, bearer, background);
    return { kind: "key", ...holder };
  }
  for (const identity of identities) {
    const person = await identity.authenticate(c.req.raw);
    if (person) return { kind: "person", person };
  }
  throw new AppError("unauthenticated", "This request carries no credential that Ancre knows.");
}

function toRefusal(error: unknown): AppError | null {
  if (error instanceof CredentialRefused) {
    return new AppError("unauthenticated", error.message, { cause: error });
  }
  return error instanceof AppError && error.code === "unauthenticated" ? error : null;
}
