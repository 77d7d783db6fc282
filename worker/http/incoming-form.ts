import type { Context } from "hono";
import type { IncomingForm } from "./form-parts.ts";
import type { AppEnv } from "./router.ts";

/** A request's form, while it is sent. */
export async function incomingForm(c: Context<AppEnv>): Promise<IncomingForm> {
  // A request that is repeated safely was read before, to tell it from another.
  const body = c.req.raw.bodyUsed ? new Blob([await c.req.arrayBuffer()]).stream() : c.req.raw.body;
  return { body, contentType: c.req.header("Content-Type") };
}
