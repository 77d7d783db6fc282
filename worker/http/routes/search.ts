import { createRoute } from "@hono/zod-openapi";
import { search as searchPassages } from "../../services/retrieval/search.ts";
import { createRouter } from "../router.ts";
import { PageKindSchema } from "../schemas/document.ts";
import { Id, Text } from "../schemas/fields.ts";
import { body, json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const SearchInput = z
  .object({
    query: Text.trim().min(1).max(4_000),
    collection_ids: z.array(Id).min(1).max(100).optional(),
    assistant_id: Id.optional(),
    top_k: z
      .number()
      .int()
      .min(1)
      .max(50)
      .default(10)
      .openapi({ description: "Chunks to find; those that follow each other on a page come as one passage" }),
  })
  .refine((input) => !(input.collection_ids && input.assistant_id), {
    path: ["assistant_id"],
    message: "Give collection_ids or assistant_id, not both",
  })
  .openapi("SearchInput");

const SearchHit = z
  .object({
    chunk_id: Id,
    document_id: Id,
    version: z.number().int(),
    filename: z.string(),
    heading_path: z.array(z.string()),
    page: z.number().int(),
    page_end: z.number().int(),
    page_kind: PageKindSchema,
    page_label: z.string().nullable(),
    char_start: z.number().int().openapi({ description: "Where the passage begins on `page`" }),
    char_end: z.number().int().openapi({ description: "Where it ends on `page_end`" }),
    text: z
      .string()
      .openapi({ description: "What stands there; parts that were cut apart are joined by a line end" }),
    score: z
      .number()
      .openapi({ description: "0 to 1: both legs' places and the share of the question it holds" }),
    lexical_score: z.number().nullable().openapi({ description: "BM25; null: not found by full text" }),
    dense_score: z.number().nullable().openapi({ description: "Cosine; null: not found by embedding" }),
  })
  .openapi("SearchHit");

const SearchResult = z
  .object({
    data: z.array(SearchHit),
    retrieval: z
      .enum(["hybrid", "full_text"])
      .openapi({ description: "`full_text`: embeddings weren't to be had, and full text answered alone" }),
  })
  .openapi("SearchResult");

export const search = createRouter().openapi(
  createRoute({
    method: "post",
    path: "/search",
    tags: ["search"],
    summary: "Retrieval without generation",
    request: body(SearchInput),
    responses: { 200: json(SearchResult, "Passages, best first"), ...problems },
  }),
  async (c) => c.json(await searchPassages(c.var.ctx, c.req.valid("json"), c.req.raw.signal), 200),
);
