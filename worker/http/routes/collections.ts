import { createRoute } from "@hono/zod-openapi";
import { createCollection } from "../../services/collections/create.ts";
import { getCollection } from "../../services/collections/get.ts";
import { listCollections } from "../../services/collections/list.ts";
import { removeCollection } from "../../services/collections/remove.ts";
import { updateCollection } from "../../services/collections/update.ts";
import { createRouter } from "../router.ts";
import { accepted, receiptLocation } from "../schemas/deletion.ts";
import { Id, IdParam, Name, PageQuery, Text } from "../schemas/fields.ts";
import { body, json, Moment, pageOf, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const CollectionSchema = z
  .object({
    id: Id,
    name: z.string(),
    description: z.string(),
    documents_count: z.number().int(),
    created_at: Moment,
    updated_at: Moment,
  })
  .openapi("Collection");

const Description = Text.max(2_000);
const CollectionInput = z
  .object({ name: Name, description: Description.default("") })
  .openapi("CollectionInput");
const CollectionPatch = z
  .object({ name: Name.optional(), description: Description.optional() })
  .openapi("CollectionPatch");

export const collections = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/collections",
      tags: ["collections"],
      summary: "Create a collection",
      request: body(CollectionInput),
      responses: { 201: json(CollectionSchema, "Created"), ...problems },
    }),
    async (c) => c.json(await createCollection(c.var.ctx, c.req.valid("json")), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/collections",
      tags: ["collections"],
      summary: "Collections, newest first",
      request: { query: PageQuery },
      responses: { 200: json(pageOf(CollectionSchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null } = c.req.valid("query");
      return c.json(await listCollections(c.var.ctx, { limit, cursor }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/collections/{id}",
      tags: ["collections"],
      summary: "One collection",
      request: { params: IdParam },
      responses: { 200: json(CollectionSchema, "The collection"), ...problems },
    }),
    async (c) => c.json(await getCollection(c.var.ctx, c.req.valid("param").id), 200),
  )
  .openapi(
    createRoute({
      method: "patch",
      path: "/collections/{id}",
      tags: ["collections"],
      summary: "Rename or describe a collection",
      request: { params: IdParam, ...body(CollectionPatch) },
      responses: { 200: json(CollectionSchema, "Changed"), ...problems },
    }),
    async (c) => c.json(await updateCollection(c.var.ctx, c.req.valid("param").id, c.req.valid("json")), 200),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/collections/{id}",
      tags: ["collections"],
      summary: "Delete a collection and its documents",
      request: { params: IdParam },
      responses: { ...accepted, ...problems },
    }),
    async (c) => {
      const deletion = await removeCollection(c.var.ctx, c.req.valid("param").id);
      return c.json(deletion, 202, receiptLocation(deletion));
    },
  );
