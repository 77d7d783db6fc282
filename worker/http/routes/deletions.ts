import { createRoute } from "@hono/zod-openapi";
import { getDeletion } from "../../services/deletions/get.ts";
import { listDeletions } from "../../services/deletions/list.ts";
import { createRouter } from "../router.ts";
import { DeletionSchema } from "../schemas/deletion.ts";
import { Id, IdParam, PageQuery } from "../schemas/fields.ts";
import { json, pageOf, problems } from "../schemas/shared.ts";

const ListQuery = PageQuery.extend({
  parent_id: Id.optional().openapi({ description: "The parts of this deletion" }),
  subject_id: Id.optional().openapi({
    description: "The deletion of this document, collection or assistant",
  }),
});

/** Receipts of what was deleted. */
export const deletions = createRouter()
  .openapi(
    createRoute({
      method: "get",
      path: "/deletions",
      tags: ["deletions"],
      summary: "Deletions, newest first; without a filter those that are part of no other",
      request: { query: ListQuery },
      responses: { 200: json(pageOf(DeletionSchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null, ...filter } = c.req.valid("query");
      return c.json(await listDeletions(c.var.ctx, filter, { limit, cursor }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/deletions/{id}",
      tags: ["deletions"],
      summary: "A deletion's receipt: what was to be removed, what was, what is still there",
      request: { params: IdParam },
      responses: { 200: json(DeletionSchema, "The receipt"), ...problems },
    }),
    async (c) => c.json(await getDeletion(c.var.ctx, c.req.valid("param").id), 200),
  );
