import { createRoute } from "@hono/zod-openapi";
import { retryDocument } from "../../services/documents/retry.ts";
import { createRouter } from "../router.ts";
import { DocumentSchema } from "../schemas/document.ts";
import { IdParam, json, problems } from "../schemas/shared.ts";

export const documentRetry = createRouter().openapi(
  createRoute({
    method: "post",
    path: "/documents/{id}/retry",
    tags: ["documents"],
    summary: "Take a failed document up again, from the step that failed",
    request: { params: IdParam },
    responses: {
      202: json(DocumentSchema, "Queued again; what was read and kept isn't read again"),
      ...problems,
    },
  }),
  async (c) => c.json(await retryDocument(c.var.ctx, c.req.valid("param").id, c.var.locale), 202),
);
