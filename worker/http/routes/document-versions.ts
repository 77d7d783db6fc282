import { createRoute } from "@hono/zod-openapi";
import { listVersions } from "../../services/documents/list-versions.ts";
import { reindexDocument } from "../../services/documents/reindex.ts";
import { replaceContent } from "../../services/documents/replace.ts";
import { restoreVersion } from "../../services/documents/restore.ts";
import { createRouter } from "../router.ts";
import { DocumentSchema, DocumentVersionSchema, UploadForm, VersionNumber } from "../schemas/document.ts";
import { Id, IdParam } from "../schemas/fields.ts";
import { json, problems } from "../schemas/shared.ts";
import { withUploadedFile } from "../uploaded-file.ts";
import * as z from "../zod.ts";

const ReplacedSchema = DocumentSchema.extend({
  unchanged: z.boolean().openapi({ description: "Nothing was done: the document was made from these bytes" }),
}).openapi("ReplacedDocument");

const VersionParams = z.object({ id: Id, n: VersionNumber });

export const documentVersions = createRouter()
  .openapi(
    createRoute({
      method: "put",
      path: "/documents/{id}/content",
      tags: ["documents"],
      summary: "Replace the file in place; it is read in the background",
      description:
        "The id stays, the version goes up. Search, chat and pages go on with the published version until the new one is " +
        "complete; if it fails they keep it, and the document tells why: POST /documents/{id}/retry tries the same file again " +
        "where that may help. Of two updates at once the later one wins. Chunks whose text is unchanged aren't embedded again.",
      request: {
        params: IdParam,
        body: { required: true, content: { "multipart/form-data": { schema: UploadForm } } },
      },
      responses: {
        200: json(ReplacedSchema, "These bytes are read or being read already: the document, as it is"),
        202: json(ReplacedSchema, "Taken in and queued"),
        ...problems,
      },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const replaced = await withUploadedFile(c, (file) =>
        replaceContent(c.var.ctx, { id, file }, c.var.locale),
      );
      return c.json(replaced, replaced.unchanged ? 200 : 202);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/documents/{id}/reindex",
      tags: ["documents"],
      summary: "Read the same file again, as a new version",
      description:
        "As after a change of how documents are read. The file isn't stored twice, pages that were published aren't " +
        "counted against the plan again, and chunks whose text is unchanged aren't embedded again.",
      request: { params: IdParam },
      responses: { 202: json(DocumentSchema, "Queued"), ...problems },
    }),
    async (c) => c.json(await reindexDocument(c.var.ctx, c.req.valid("param").id, c.var.locale), 202),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/documents/{id}/versions",
      tags: ["documents"],
      summary: "Every version a document had, newest first",
      description:
        "The published version and the complete one read before it are kept whole, as is an update that failed and can be " +
        "retried; their files count against the plan's storage. Of older ones the pages are kept, for the citations of old answers.",
      request: { params: IdParam },
      responses: {
        200: json(z.object({ data: z.array(DocumentVersionSchema) }), "All of them"),
        ...problems,
      },
    }),
    async (c) => c.json({ data: await listVersions(c.var.ctx, c.req.valid("param").id, c.var.locale) }, 200),
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/documents/{id}/versions/{n}/restore",
      tags: ["documents"],
      summary: "Have a kept version read again, at once",
      description:
        "Nothing is read or embedded again. The version read until now is kept and can be restored in turn; one that is " +
        "being written is given up. 409 for a version that isn't kept whole.",
      request: { params: VersionParams },
      responses: { 200: json(DocumentSchema, "The document, read from that version"), ...problems },
    }),
    async (c) => {
      const { id, n } = c.req.valid("param");
      return c.json(await restoreVersion(c.var.ctx, id, n, c.var.locale), 200);
    },
  );
