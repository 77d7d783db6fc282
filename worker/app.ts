import { limitBody } from "./http/middleware/limit-body.ts";
import { repeatSafely } from "./http/middleware/repeat-safely.ts";
import { MAX_BODY_BYTES, requireSender, requireTenant, startPipeline } from "./http/pipeline.ts";
import { createRouter } from "./http/router.ts";
import { apiKeys } from "./http/routes/api-keys.ts";
import { assistantPreview } from "./http/routes/assistant-preview.ts";
import { assistants } from "./http/routes/assistants.ts";
import { billing } from "./http/routes/billing.ts";
import { chat } from "./http/routes/chat.ts";
import { collections } from "./http/routes/collections.ts";
import { conversations } from "./http/routes/conversations.ts";
import { deletions } from "./http/routes/deletions.ts";
import { docs } from "./http/routes/docs.ts";
import { documentChunks } from "./http/routes/document-chunks.ts";
import { documentReport } from "./http/routes/document-report.ts";
import { documentRetry } from "./http/routes/document-retry.ts";
import { documentVersions } from "./http/routes/document-versions.ts";
import { documents } from "./http/routes/documents.ts";
import { erasure } from "./http/routes/erasure.ts";
import { tenantExport } from "./http/routes/export.ts";
import { feedback } from "./http/routes/feedback.ts";
import { health } from "./http/routes/health.ts";
import { importEvents } from "./http/routes/import-events.ts";
import { importUploads } from "./http/routes/import-uploads.ts";
import { imports } from "./http/routes/imports.ts";
import { ownMembership } from "./http/routes/own-membership.ts";
import { people } from "./http/routes/people.ts";
import { search } from "./http/routes/search.ts";
import { stopAnswers } from "./http/routes/stop-answer.ts";
import { tenants } from "./http/routes/tenants.ts";
import { plans, usage } from "./http/routes/usage.ts";
import { webhooks } from "./http/routes/webhooks.ts";
import type { Wiring } from "./wiring.ts";

/** The HTTP application over one wiring: open routes, then what needs a person, then what needs a tenant. */
export function createApp(wiring: Wiring) {
  const app = startPipeline(createRouter(), wiring);
  const open = app.route("/", docs).route("/", health).route("/api/v1", health).route("/api/v1", plans);
  app.use("/api/v1/webhooks/*", limitBody({ uploads: 0, imports: 0, others: MAX_BODY_BYTES }));
  const told = open.route("/api/v1", webhooks);
  app.doc31("/api/v1/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Ancre",
      version: "1",
      description:
        "Answers from your documents, every sentence anchored to a page and an exact quote. With several tenants, " +
        "`X-Tenant-Id` chooses one. `Accept-Language` (fr, en) chooses the language of what is written for people. " +
        "A POST that answers JSON may carry an `Idempotency-Key` (1 to 255 characters): for a day the same key with the " +
        "same content gets the same answer, with other content 422, while the first still runs 409. Answers carry " +
        "`RateLimit-Limit` and `RateLimit-Policy`; past the rate, 429 with `Retry-After` and `RateLimit-Reset`. " +
        "A `traceparent` (W3C) is gone on with; `X-Trace-Id` and `X-Request-Id` name trace and request, `Server-Timing` what took how long.",
      license: { name: "MIT" },
    },
    security: [{ bearer: [] }, { session: [] }],
    servers: [{ url: "/" }],
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "An API key (anc_…) or a session token of Clerk's",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "__session",
    description: "The session token that Clerk keeps in the browser",
  });

  requireSender(app);
  app.use("/api/v1/tenants", repeatSafely());
  const personal = told.route("/api/v1", tenants).route("/api/v1", erasure).route("/api/v1", tenantExport);
  requireTenant(app);
  return personal
    .route("/api/v1", collections)
    .route("/api/v1", documents)
    .route("/api/v1", documentVersions)
    .route("/api/v1", documentRetry)
    .route("/api/v1", importUploads)
    .route("/api/v1", imports)
    .route("/api/v1", importEvents)
    .route("/api/v1", documentReport)
    .route("/api/v1", documentChunks)
    .route("/api/v1", assistantPreview)
    .route("/api/v1", assistants)
    .route("/api/v1", chat)
    .route("/api/v1", stopAnswers)
    .route("/api/v1", conversations)
    .route("/api/v1", feedback)
    .route("/api/v1", search)
    .route("/api/v1", usage)
    .route("/api/v1", apiKeys)
    .route("/api/v1", billing)
    .route("/api/v1", people)
    .route("/api/v1", ownMembership)
    .route("/api/v1", deletions);
}

/** For the dashboard's typed client; types only. */
export type AppType = ReturnType<typeof createApp>;
