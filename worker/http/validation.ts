import { zValidator } from "@hono/zod-validator";
import type { Context, ValidationTargets } from "hono";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { ZodType, z } from "zod";
import { AppError } from "../errors.ts";
import { problemResponse } from "./problem.ts";
import type { AppEnv } from "./router.ts";

type Validated = { success: true } | { success: false; error: Pick<z.ZodError, "issues"> };

/** Answers what isn't valid with a problem that names each field. */
export function refuseInvalid(result: Validated, c: Context): Response | undefined {
  if (result.success) return;
  const fields = result.error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  return problemResponse(c, new AppError("invalid_request", "Some fields are not valid.", { fields }));
}

/** A part of a request that has to be valid, as a documented route has it checked. */
export function valid<S extends ZodType, T extends keyof ValidationTargets>(target: T, schema: S) {
  return zValidator(target, schema, refuseInvalid);
}

const JSON_TYPE = /^application\/(?:[a-z.-]+\+)?json\s*(?:;.*)?$/i;

/** Refuses a body that isn't said to be JSON, as a documented route of JSON does. */
export function jsonOnly() {
  return createMiddleware<AppEnv>(async function takeJsonOnly(c, next) {
    const type = c.req.header("Content-Type");
    if (type ? !JSON_TYPE.test(type) : (await c.req.text()) !== "") throw new HTTPException(415);
    await next();
  });
}
