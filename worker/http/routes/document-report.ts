import { createRoute } from "@hono/zod-openapi";
import { readReport } from "../../services/documents/report.ts";
import { createRouter } from "../router.ts";
import { DocumentReportSchema } from "../schemas/document-report.ts";
import { IdParam } from "../schemas/fields.ts";
import { json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const ReportQuery = z.object({
  version: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.coerce.number().int().min(0).max(1_000_000).default(0).openapi({ description: "A page's number" }),
});

export const documentReport = createRouter().openapi(
  createRoute({
    method: "get",
    path: "/documents/{id}/report",
    tags: ["documents"],
    summary: "What reading the document met: totals, and page by page",
    request: { params: IdParam, query: ReportQuery },
    responses: { 200: json(DocumentReportSchema, "The report"), ...problems },
  }),
  async (c) => {
    const { version, ...page } = c.req.valid("query");
    return c.json(await readReport(c.var.ctx, c.req.valid("param").id, version, page), 200);
  },
);
