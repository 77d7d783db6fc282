import { OpenAPIHono } from "@hono/zod-openapi";
import type { Locale, TenantContext } from "../context.ts";
import { AppError } from "../errors.ts";
import type { Principal } from "../ports/identity.ts";
import type { Wiring } from "../wiring.ts";
import { problemResponse } from "./problem.ts";

export type AppEnv = {
  Variables: {
    wiring: Wiring;
    requestId: string;
    /** Milliseconds since the epoch at which the request arrived. */
    startedAt: number;
    /** Milliseconds from there until its sender and tenant were known. */
    authMs: number;
    locale: Locale;
    principal: Principal;
    ctx: TenantContext;
  };
};

/** A router whose validation errors are problems that name each field. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return;
      const fields = result.error.issues.map((issue) => ({
        path: issue.path.join("."),
        message: issue.message,
      }));
      return problemResponse(c, new AppError("invalid_request", "Some fields are not valid.", { fields }));
    },
  });
}
