import { createRoute } from "@hono/zod-openapi";
import { AppError } from "../../errors.ts";
import { abortUpload } from "../../services/imports/uploads/abort.ts";
import { completeUpload } from "../../services/imports/uploads/complete.ts";
import { getUpload } from "../../services/imports/uploads/get.ts";
import { putPart } from "../../services/imports/uploads/put-part.ts";
import { startUpload } from "../../services/imports/uploads/start.ts";
import { createRouter } from "../router.ts";
import { Id, IdParam, Text } from "../schemas/fields.ts";
import { ArchiveUploadSchema, ImportSchema } from "../schemas/import.ts";
import { body, json, noContent, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

/** Bytes of the largest archive of any plan. */
const MAX_ARCHIVE_BYTES = 2 ** 30;

const StartBody = z.object({
  collection_id: Id,
  filename: Text.pipe(z.string().trim().min(1).max(300)),
  size_bytes: z.number().int().min(1).max(MAX_ARCHIVE_BYTES),
});

const PartParams = z.object({ id: Id, n: z.coerce.number().int().min(1).max(10_000) });

const upload = { 200: json(ArchiveUploadSchema, "What has arrived"), ...problems };

export const importUploads = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/imports/uploads",
      tags: ["imports"],
      summary: "Begin to upload a ZIP in parts that can be sent again",
      request: body(StartBody),
      responses: { 201: json(ArchiveUploadSchema, "Send its parts next"), ...problems },
    }),
    async (c) => {
      const { collection_id: collectionId, filename, size_bytes: sizeBytes } = c.req.valid("json");
      return c.json(await startUpload(c.var.ctx, { collectionId, filename, sizeBytes }), 201);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/imports/uploads/{id}",
      tags: ["imports"],
      summary: "What of an upload has arrived",
      request: { params: IdParam },
      responses: upload,
    }),
    async (c) => c.json(await getUpload(c.var.ctx, c.req.valid("param").id), 200),
  )
  .openapi(
    createRoute({
      method: "put",
      path: "/imports/uploads/{id}/parts/{n}",
      tags: ["imports"],
      summary: "Send a part as it is, `part_bytes` of it but for the last; sent again, the later one counts",
      request: {
        params: PartParams,
        body: {
          required: true,
          content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
        },
      },
      responses: upload,
    }),
    async (c) => {
      const { id, n: number } = c.req.valid("param");
      const type = c.req.header("Content-Type")?.split(";", 1)[0]?.trim().toLowerCase();
      if (type !== "application/octet-stream") {
        throw new AppError("unsupported_media_type", "Send a part's bytes as application/octet-stream.");
      }
      const length = c.req.header("Content-Length");
      const part = {
        id,
        number,
        body: c.req.raw.body ?? new Blob([]).stream(),
        announcedBytes: length === undefined ? null : Number(length),
      };
      return c.json(await putPart(c.var.ctx, part), 200);
    },
  )
  .openapi(
    createRoute({
      method: "post",
      path: "/imports/uploads/{id}/complete",
      tags: ["imports"],
      summary: "Make a whole upload an import, which has its id",
      request: { params: IdParam },
      responses: {
        202: json(ImportSchema, "Taken in; asked again, the same import"),
        ...problems,
      },
    }),
    async (c) => c.json(await completeUpload(c.var.ctx, c.req.valid("param").id, c.var.locale), 202),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/imports/uploads/{id}",
      tags: ["imports"],
      summary: "Give an upload up",
      request: { params: IdParam },
      responses: { ...noContent, ...problems },
    }),
    async (c) => {
      await abortUpload(c.var.ctx, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
