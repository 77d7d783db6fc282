import { createRoute } from "@hono/zod-openapi";
import { retryDocument } from "../../services/documents/retry.ts";
import { createRouter } from "../router.ts";
import { DocumentSchema } from "../schemas/document.ts";
import { IdParam } from "../schemas/fields.ts";
import { json, problems } from "../schemas/shared.ts";

export const documentRetry = createRouter().openapi(
  createRoute({
    method: "post",
    path: "/documents/{id}/retry",
    tags: ["documents"],
    summary: "Take a failed document up again, from the step that failed, or begin a failed update anew",
    description:
      "A document whose update failed is read as before. If the update may still pass, its file is kept, and counts " +
      "against the plan's storage, until the document is replaced or read again, a version is restored, or it is deleted. " +
      "Then the retry begins the next version from that file; what had been embedded isn't embedded again. 409 when " +
      "nothing failed, and when what failed isn't kept because the reason lies in the file.",
    request: { params: IdParam },
    responses: {
      202: json(DocumentSchema, "Queued again; of a failed document what was read and kept isn't read again"),
      ...problems,
    },
  }),
  async (c) => c.json(await retryDocument(c.var.ctx, c.req.valid("param").id, c.var.locale), 202),
);
