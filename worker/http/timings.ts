import type { Context } from "hono";
import type { Timings } from "../db/schema/answer.ts";
import type { AppEnv } from "./router.ts";

/**
 * What is known of a request's steps, in milliseconds since it arrived. A question that came to no answer ends when this
 * is asked for the first time, so that body, header and log say the same.
 */
export function timingsOf(c: Context<AppEnv>): Timings | Pick<Timings, "auth" | "total"> {
  const { startedAt } = c.var;
  const { progress, authMs } = c.var as Partial<AppEnv["Variables"]>;
  const total = Date.now() - startedAt;
  if (!progress) return { auth: authMs ?? total, total };
  progress.timings.total ||= total;
  return progress.timings;
}
