import * as z from "../zod.ts";
import { PageKindSchema } from "./document.ts";
import { Id, Text } from "./fields.ts";
import { Moment } from "./shared.ts";
import { CostSchema } from "./usage.ts";

const Deleted = z.literal(true).optional().openapi({
  description:
    "Its document was deleted: what it showed of it was taken out, and the answer's own text stayed",
});

export const SourceSchema = z
  .object({
    index: z.number().int().openapi({ description: "The number a citation's `source` refers to" }),
    chunk_id: Id,
    document_id: Id,
    version: z.number().int(),
    filename: z.string(),
    page: z.number().int(),
    page_kind: PageKindSchema,
    page_label: z.string().nullable(),
    excerpt: z.string(),
    score: z.number(),
    deleted: Deleted,
  })
  .openapi("Source");

export const CitationSchema = z
  .object({
    source: z.number().int(),
    document_id: Id,
    version: z.number().int(),
    filename: z.string(),
    page: z.number().int(),
    page_kind: PageKindSchema,
    page_label: z.string().nullable(),
    char_start: z.number().int(),
    char_end: z.number().int(),
    quote: z.string().openapi({ description: "Exactly page.text.slice(char_start, char_end)" }),
    answer_start: z.number().int(),
    answer_end: z.number().int(),
    verified: z.boolean(),
    reason: z
      .enum([
        "not_in_source",
        "number_differs",
        "unit_differs",
        "date_differs",
        "name_differs",
        "negation_differs",
      ])
      .nullable(),
    deleted: Deleted,
  })
  .openapi("Citation");

const UnanchoredSchema = z.object({ answer_start: z.number().int(), answer_end: z.number().int() });

export const UsageSchema = z.object({
  embedding_tokens: z.number().int(),
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  estimated: z.boolean().optional(),
  retrieval: z
    .literal("full_text")
    .optional()
    .openapi({ description: "Embeddings weren't to be had: the passages were found by full text alone" }),
});

export const TimingsSchema = z
  .object({
    auth: z.number(),
    context: z.number(),
    embed: z.number().nullable(),
    retrieve: z.number().nullable(),
    first_token: z.number().nullable(),
    total: z.number(),
  })
  .openapi("Timings", { description: "Milliseconds since the request arrived" });

export const ReceiptSchema = z
  .object({
    counted: z.boolean().openapi({ description: "Whether it counts as a question of the plan" }),
    model: z.string().nullable(),
    tokens: z.object({
      embedding: z.number().int(),
      prompt: z.number().int(),
      completion: z.number().int(),
      estimated: z.boolean().openapi({ description: "The model's own count didn't arrive" }),
    }),
    cost: CostSchema.nullable().openapi({ description: "Null: a model's price isn't known" }),
    time: z
      .object({
        auth: z.number(),
        context: z.number(),
        embedding: z.number().nullable(),
        retrieval: z.number().nullable(),
        model_wait: z.number().nullable(),
        writing: z.number().nullable(),
        total: z.number(),
      })
      .openapi({ description: "Milliseconds each step took; context and embedding run side by side" }),
    retrieval: z
      .enum(["hybrid", "full_text"])
      .nullable()
      .openapi({ description: "What found the passages; `full_text`: embeddings weren't to be had" }),
    passages: z.array(
      z.object({ source: z.number().int(), chunk_id: Id, document_id: Id, cited: z.boolean() }),
    ),
  })
  .openapi("Receipt", { description: "What the answer took and rested on" });

const FINISH_REASONS = ["stop", "length", "content_filter", "refused"] as const;

export const AnswerSchema = z
  .object({
    conversation_id: Id,
    message_id: Id,
    answer: z.string(),
    citations: z.array(CitationSchema),
    unanchored: z.array(UnanchoredSchema).openapi({ description: "Sentences that no passage carries" }),
    sources: z.array(SourceSchema),
    refused: z.boolean(),
    finish_reason: z.enum(FINISH_REASONS),
    usage: UsageSchema,
    timings: TimingsSchema,
    receipt: ReceiptSchema,
  })
  .openapi("Answer");

export const FeedbackInput = z
  .object({
    rating: z.enum(["up", "down"]).nullable().openapi({ description: "Null takes it back" }),
    comment: Text.trim().max(2_000).optional(),
  })
  .openapi("FeedbackInput");

export const FeedbackSchema = z
  .object({ rating: z.enum(["up", "down"]), comment: z.string().nullable() })
  .openapi("Feedback");

export const ConversationSchema = z
  .object({ id: Id, assistant_id: Id, title: z.string(), created_at: Moment, updated_at: Moment })
  .openapi("Conversation");

export const MessageSchema = z
  .object({
    id: Id,
    question: z.string(),
    answer: z.string(),
    status: z.enum(["complete", "interrupted", "failed"]),
    refused: z.boolean(),
    finish_reason: z
      .enum([...FINISH_REASONS, "interrupted"])
      .nullable()
      .openapi({ description: "Null for a failed answer, and for one from before this was kept" }),
    sources: z.array(SourceSchema),
    citations: z.array(CitationSchema),
    unanchored: z.array(UnanchoredSchema),
    usage: UsageSchema,
    timings: TimingsSchema,
    receipt: ReceiptSchema,
    feedback: FeedbackSchema.nullable(),
    revises: Id.nullable().openapi({ description: "The message that this was asked in the place of" }),
    created_at: Moment,
  })
  .openapi("Message");

export const ConversationWithMessages = ConversationSchema.extend({
  messages: z.array(MessageSchema),
}).openapi("ConversationWithMessages");
