import * as z from "../zod.ts";
import { PageKindSchema } from "./document.ts";
import { Id } from "./fields.ts";

export const DocumentChunksSchema = z
  .object({
    document_id: Id,
    version: z.number().int(),
    data: z.array(
      z.object({
        id: Id,
        ordinal: z.number().int().openapi({ description: "Its place in the document, from 0" }),
        heading_path: z
          .array(z.string())
          .openapi({ description: "The headings it stands under, outermost first" }),
        language: z.string(),
        segments: z
          .array(
            z.object({
              page: z.number().int(),
              kind: PageKindSchema,
              label: z.string().nullable(),
              start: z.number().int(),
              end: z.number().int(),
            }),
          )
          .openapi({ description: "Its text, page by page: UTF-16 offsets into the page's canonical text" }),
      }),
    ),
    next_after: z.number().int().nullable().openapi({ description: "`after` of the next request" }),
  })
  .openapi("DocumentChunks");
