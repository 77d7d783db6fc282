import { createRoute } from "@hono/zod-openapi";
import { DOCUMENT_SORTS } from "../../services/documents/document-order.ts";
import { getDocument } from "../../services/documents/get.ts";
import { listDocuments } from "../../services/documents/list.ts";
import { readContent, readPage } from "../../services/documents/read.ts";
import { removeDocument } from "../../services/documents/remove.ts";
import { uploadDocument } from "../../services/documents/upload.ts";
import { watchDocument } from "../../services/documents/watch.ts";
import { attachment } from "../attachment.ts";
import { progressStream } from "../progress-stream.ts";
import { createRouter } from "../router.ts";
import { accepted, receiptLocation } from "../schemas/deletion.ts";
import { DocumentPageSchema, DocumentSchema, UploadForm, VersionNumber } from "../schemas/document.ts";
import { Id, IdParam, PageQuery, Text } from "../schemas/fields.ts";
import { json, pageOf, problems } from "../schemas/shared.ts";
import { withUploadedFile } from "../uploaded-file.ts";
import * as z from "../zod.ts";

const UploadedSchema = DocumentSchema.extend({
  duplicate: z.boolean().openapi({ description: "Nothing was read again: the same bytes are there" }),
}).openapi("UploadedDocument");

const ListQuery = PageQuery.extend({
  // Of a list by name it holds one.
  cursor: z.string().max(2_500).optional(),
  collection_id: Id.optional(),
  status: z
    .enum(["queued", "processing", "underway", "ready", "failed"])
    .optional()
    .openapi({ description: "`underway`: queued or processing" }),
  q: Text.trim().min(1).max(200).optional().openapi({ description: "Part of the file's name" }),
  sort: z.enum(DOCUMENT_SORTS).default("created").openapi({
    description: "`state`: failed, being read, waiting, ready. A cursor goes on in its own order",
  }),
  order: z.enum(["asc", "desc"]).default("desc"),
});

const PageParams = z.object({ id: Id, n: z.coerce.number().int().min(1) });
const VersionQuery = z.object({ version: VersionNumber.optional() });

export const documents = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/documents/upload/{collection_id}",
      tags: ["documents"],
      summary: "Upload a file; it is read in the background",
      request: {
        params: z.object({ collection_id: Id }),
        body: { required: true, content: { "multipart/form-data": { schema: UploadForm } } },
      },
      responses: {
        200: json(UploadedSchema, "The collection holds these bytes already: that document, as it is"),
        202: json(UploadedSchema, "Taken in and queued"),
        ...problems,
      },
    }),
    async (c) => {
      const { collection_id: collectionId } = c.req.valid("param");
      const uploaded = await withUploadedFile(c, (file) =>
        uploadDocument(c.var.ctx, { collectionId, file }, c.var.locale),
      );
      return c.json(uploaded, uploaded.duplicate ? 200 : 202);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/documents",
      tags: ["documents"],
      summary: "Documents, newest first unless another order is asked for",
      request: { query: ListQuery },
      responses: { 200: json(pageOf(DocumentSchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null, sort, order, ...filter } = c.req.valid("query");
      const page = { limit, cursor };
      return c.json(await listDocuments(c.var.ctx, filter, { sort, order }, page, c.var.locale), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/documents/{id}",
      tags: ["documents"],
      summary: "One document and its progress",
      request: { params: IdParam },
      responses: { 200: json(DocumentSchema, "The document"), ...problems },
    }),
    async (c) => c.json(await getDocument(c.var.ctx, c.req.valid("param").id, c.var.locale), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/documents/{id}/content",
      tags: ["documents"],
      summary: "The original file, of the version that search and chat read unless another one is asked for",
      request: { params: IdParam, query: VersionQuery },
      responses: {
        200: {
          content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
          description: "As it was uploaded",
        },
        ...problems,
      },
    }),
    async (c) => {
      const { version } = c.req.valid("query");
      return attachment(await readContent(c.var.ctx, c.req.valid("param").id, version));
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/documents/{id}/pages/{n}",
      tags: ["documents"],
      summary:
        "What Ancre reads on one page, in the version that search and chat read unless another one is asked for",
      request: { params: PageParams, query: VersionQuery },
      responses: { 200: json(DocumentPageSchema, "The page"), ...problems },
    }),
    async (c) => {
      const { id, n } = c.req.valid("param");
      return c.json(await readPage(c.var.ctx, id, n, c.req.valid("query").version), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/documents/{id}/events",
      tags: ["documents"],
      summary: "Progress as server-sent events: `progress` with the document, until it is ready or failed",
      request: { params: IdParam },
      responses: {
        200: { content: { "text/event-stream": { schema: z.string() } }, description: "A stream of events" },
        ...problems,
      },
    }),
    async (c) => {
      const { ctx, locale } = c.var;
      const { id } = c.req.valid("param");
      await getDocument(ctx, id, locale);
      return progressStream(c.var, (signal) => watchDocument(ctx, id, locale, signal));
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/documents/{id}",
      tags: ["documents"],
      summary: "Delete a document: gone from every list, search and answer at once",
      request: { params: IdParam },
      responses: { ...accepted, ...problems },
    }),
    async (c) => {
      const deletion = await removeDocument(c.var.ctx, c.req.valid("param").id);
      return c.json(deletion, 202, receiptLocation(deletion));
    },
  );
