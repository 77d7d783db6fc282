import type { Hono } from "hono";
import { notFound } from "../errors.ts";
import { PLANS } from "../services/usage/plans.ts";
import type { Wiring } from "../wiring.ts";
import { authenticate } from "./middleware/authenticate.ts";
import { chooseTenant } from "./middleware/choose-tenant.ts";
import { limitBody } from "./middleware/limit-body.ts";
import { limitRate } from "./middleware/limit-rate.ts";
import { repeatSafely } from "./middleware/repeat-safely.ts";
import { reportRequest } from "./middleware/report-request.ts";
import { requestFacts } from "./middleware/request-facts.ts";
import { logUnexpected, problemResponse } from "./problem.ts";
import type { AppEnv } from "./router.ts";

type App = Hono<AppEnv>;

/** Bytes of a multipart frame, with room. */
const FRAME_BYTES = 1024 * 1024;
/** Bytes of an upload: the largest file of any plan. */
const MAX_UPLOAD_BYTES = PLANS.pro.maxFileBytes + FRAME_BYTES;
/** Bytes of an import's files: what the largest plan takes at once; a smaller one's own limit stops them earlier. */
const MAX_IMPORT_BYTES = PLANS.pro.maxImportBytes + FRAME_BYTES;
/** Bytes of any other body: the longest system prompt many times over. */
export const MAX_BODY_BYTES = 256 * 1024;

/** Takes an application without routes: every request has its facts and its line in the log, every error is a problem. */
export function startPipeline<A extends App>(app: A, wiring: Wiring): A {
  app.onError((error, c) => {
    logUnexpected(error, c.get("requestId") ?? "");
    return problemResponse(c, error);
  });
  app.notFound((c) => problemResponse(c, notFound("route")));
  app.use(requestFacts(wiring));
  app.use(reportRequest());
  return app;
}

/** What follows needs a sender: recognised, counted, and only then may they have us read a body. */
export function requireSender(app: App): void {
  app.use("/api/v1/*", authenticate());
  app.use("/api/v1/*", limitRate());
  app.use(
    "/api/v1/*",
    limitBody({ uploads: MAX_UPLOAD_BYTES, imports: MAX_IMPORT_BYTES, others: MAX_BODY_BYTES }),
  );
}

/** What follows needs a tenant. */
export function requireTenant(app: App): void {
  app.use("/api/v1/*", chooseTenant());
  app.use("/api/v1/*", repeatSafely());
}
