import type { Context } from "hono";
import { AppError } from "../errors.ts";
import type { AppEnv } from "./router.ts";

/** Who signed in. Throws `forbidden` for an API key: it belongs to one tenant and to nobody. */
export function requirePerson(c: Context<AppEnv>): { userId: string; requestId: string } {
  const { principal, requestId } = c.var;
  if (principal.kind === "key") throw new AppError("forbidden", "API keys can't do this; sign in.");
  return { userId: principal.person.userId, requestId };
}
