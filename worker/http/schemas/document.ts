import * as z from "../zod.ts";
import { Id } from "./fields.ts";
import { Moment } from "./shared.ts";

export const PageKindSchema = z.enum(["page", "slide", "section"]);

export const DocumentSchema = z
  .object({
    id: Id,
    collection_id: Id,
    filename: z.string(),
    media_type: z.string(),
    size_bytes: z.number().int(),
    sha256: z.string(),
    language: z.string().nullable(),
    status: z.enum(["queued", "processing", "ready", "failed", "deleting"]),
    error_code: z.string().nullable(),
    error_message: z.string().nullable().openapi({
      description:
        "What happened and what to do, by Accept-Language. Of a ready document: why its last update failed",
    }),
    failed_step: z
      .enum(["parse", "chunk", "embed", "publish"])
      .nullable()
      .openapi({ description: "The stage that failed" }),
    warnings: z.array(
      z.object({ code: z.string(), detail: z.string(), pages: z.array(z.number().int()).optional() }),
    ),
    pages_total: z.number().int().nullable(),
    pages_done: z.number().int(),
    chunks_total: z.number().int().nullable(),
    chunks_done: z.number().int(),
    version: z.number().int().openapi({
      description: "The version being written or, once published, read; the other fields are of it",
    }),
    published_version: z
      .number()
      .int()
      .nullable()
      .openapi({ description: "What search and chat read; null until a first version is complete" }),
    folder: z
      .string()
      .openapi({ description: "The folders it lay in when it came with others; may be empty" }),
    source_url: z.string().nullable().openapi({ description: "The address it was fetched from" }),
    import_id: Id.nullable(),
    created_at: Moment,
    updated_at: Moment,
  })
  .openapi("Document");

export const DocumentPageSchema = z
  .object({
    number: z.number().int(),
    kind: PageKindSchema,
    label: z.string().nullable(),
    text: z.string().openapi({ description: "Canonical; every offset counts UTF-16 units of it" }),
    headings: z.array(z.object({ offset: z.number().int(), level: z.number().int(), title: z.string() })),
    version: z.number().int(),
  })
  .openapi("DocumentPage");

/** Written as it is documented: validating it would take the whole form into memory first. */
export const UploadForm = {
  type: "object" as const,
  required: ["file"],
  properties: {
    file: {
      type: "string" as const,
      format: "binary",
      description: "PDF, DOCX, PPTX, HTML, MD or TXT, up to 50 MiB; read while it is sent",
    },
  },
};

/** Postgres' `integer` holds no more. */
export const VersionNumber = z.coerce
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);

export const DocumentVersionSchema = z
  .object({
    version: z.number().int(),
    origin: z.enum(["upload", "replace", "reindex"]).openapi({ description: "What asked for it" }),
    state: z.enum(["writing", "complete", "failed", "retired"]).openapi({
      description: "`retired`: its pages can be read and cited, its file and chunks are gone",
    }),
    filename: z.string(),
    size_bytes: z.number().int(),
    sha256: z.string(),
    pages_total: z.number().int().nullable(),
    chunks_total: z.number().int().nullable(),
    chunks_reused: z
      .number()
      .int()
      .openapi({ description: "Chunks that weren't embedded: the tenant had a vector of the same text" }),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    created_at: Moment,
    published_at: Moment.nullable().openapi({ description: "When search and chat last began to read it" }),
    current: z.boolean().openapi({ description: "Search and chat read it" }),
    restorable: z.boolean().openapi({ description: "It is kept whole and can be read again at once" }),
  })
  .openapi("DocumentVersion");
