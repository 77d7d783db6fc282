import { createRoute } from "@hono/zod-openapi";
import { listChunks } from "../../services/documents/list-chunks.ts";
import { createRouter } from "../router.ts";
import { VersionNumber } from "../schemas/document.ts";
import { DocumentChunksSchema } from "../schemas/document-chunk.ts";
import { IdParam } from "../schemas/fields.ts";
import { json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const ChunksQuery = z.object({
  version: VersionNumber.optional(),
  page: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .openapi({ description: "Only chunks with a part of this page" }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.coerce
    .number()
    .int()
    .min(-1)
    .max(10_000_000)
    .default(-1)
    .openapi({ description: "A chunk's ordinal" }),
});

export const documentChunks = createRouter().openapi(
  createRoute({
    method: "get",
    path: "/documents/{id}/chunks",
    tags: ["documents"],
    summary: "How the document was cut for search: chunks in reading order, as spans of its pages",
    request: { params: IdParam, query: ChunksQuery },
    responses: { 200: json(DocumentChunksSchema, "Chunks of one version"), ...problems },
  }),
  async (c) => {
    const { version, page, ...slice } = c.req.valid("query");
    const wanted = { ...(version === undefined ? {} : { version }), ...(page === undefined ? {} : { page }) };
    return c.json(await listChunks(c.var.ctx, c.req.valid("param").id, wanted, slice), 200);
  },
);
