import { OpenAPIHono } from "@hono/zod-openapi";
import type { Locale, TenantContext } from "../context.ts";
import type { Person } from "../ports/identity.ts";
import type { KeyHolder } from "../services/api-keys/authenticate.ts";
import type { Progress } from "../services/chat/progress.ts";
import type { Wiring } from "../wiring.ts";
import type { Trace } from "./trace-context.ts";
import { refuseInvalid } from "./validation.ts";

/** Who sent the request: somebody signed in, or the bearer of an API key. */
export type Principal =
  | { kind: "person"; person: Person }
  | ({ kind: "key" } & Pick<KeyHolder, "tenantId" | "actor">);

export type AppEnv = {
  Variables: {
    wiring: Wiring;
    requestId: string;
    trace: Trace;
    /** Has the request reported when its stream ends, by calling what this gives, and not when it begins. */
    endsWithStream(): () => void;
    /** Milliseconds since the epoch at which the request arrived. */
    startedAt: number;
    /** Milliseconds from there until its sender and tenant were known. */
    authMs: number;
    locale: Locale;
    principal: Principal;
    ctx: TenantContext;
    /** Of requests that are questions. */
    progress: Progress;
  };
};

/** A router whose routes are documented, and whose validation errors are problems that name each field. */
export function createRouter(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
}
