import { createMiddleware } from "hono/factory";
import { AppError } from "../../errors.ts";
import type { AppEnv } from "../router.ts";

/** Asks each identity provider in turn. Answers 401 when none recognises the request. */
export function authenticate() {
  return createMiddleware<AppEnv>(async function recogniseSender(c, next) {
    for (const identity of c.get("wiring").identities) {
      const principal = await identity.authenticate(c.req.raw);
      if (!principal) continue;
      c.set("principal", principal);
      return next();
    }
    throw new AppError("unauthenticated", "This request carries no credential that Ancre knows.");
  });
}
