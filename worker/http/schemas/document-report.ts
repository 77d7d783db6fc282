import * as z from "../zod.ts";
import { PageKindSchema } from "./document.ts";
import { Id } from "./fields.ts";

const Dropped = z.record(z.string(), z.number().int()).openapi({
  description:
    "What was seen and left out, by kind: `image`, `comment`, `deleted_text`, `navigation`, `hidden`, `embedded`, " +
    "`object`, `broken_content`, `excess_text`. A PDF's images are looked for on pages without text alone.",
});

const PageReportSchema = z.object({
  characters: z.number().int(),
  garbled: z.number().openapi({ description: "Share of the glyphs that mean nothing, 0 to 1" }),
  scanned: z.boolean().openapi({ description: "An image without a text layer; known of PDF pages" }),
  tables: z.number().int().openapi({ description: "Runs of two rows or more with several cells" }),
  dropped: Dropped,
});

export const DocumentReportSchema = z
  .object({
    document_id: Id,
    version: z.number().int(),
    pages_total: z.number().int().nullable(),
    totals: z
      .object({
        pages: z.number().int().openapi({ description: "Read so far" }),
        characters: z.number().int(),
        garbled: z.number().int().openapi({ description: "Pages with glyphs that mean nothing" }),
        scanned: z.number().int(),
        without_text: z.number().int(),
        tables: z.number().int(),
        dropped: Dropped,
        unreported: z.number().int().openapi({ description: "Pages read before reports were kept" }),
      })
      .openapi({ description: "Over all pages, whatever part of them is listed" }),
    data: z.array(
      z.object({
        number: z.number().int(),
        kind: PageKindSchema,
        label: z.string().nullable(),
        head: z.string().openapi({ description: "How its text begins" }),
        report: PageReportSchema.nullable(),
      }),
    ),
    next_after: z.number().int().nullable().openapi({ description: "`after` of the next request" }),
  })
  .openapi("DocumentReport");
