import * as z from "../zod.ts";
import { Id, Name, Text } from "./fields.ts";
import { Moment } from "./shared.ts";

const fields = {
  name: Name,
  description: Text.max(2_000),
  system_prompt: Text.max(8_000),
  model: Text.min(1).max(120).nullable().openapi({ description: "Null: the deployment's default model" }),
  temperature: z.number().min(0).max(2),
  top_k: z.number().int().min(1).max(20).openapi({ description: "Passages given to the model" }),
  policy: z.enum(["strict", "open"]).openapi({
    description: "strict: answers from the documents or refuses; open: may add general knowledge",
  }),
  language: z.enum(["auto", "fr", "en"]).openapi({ description: "auto: the question's own" }),
  greeting: Text.max(1_000),
  suggested_questions: z.array(Text.trim().min(1).max(300)).max(8),
  collection_ids: z.array(Id).max(100),
};

export const AssistantSchema = z
  .object({
    id: Id,
    ...fields,
    system_prompt: z.string().openapi({ description: "Empty for an API key that may only chat" }),
    name: z.string(),
    created_at: Moment,
    updated_at: Moment,
  })
  .openapi("Assistant");

export const AssistantInput = z
  .object({
    name: fields.name,
    description: fields.description.default(""),
    system_prompt: fields.system_prompt.default(""),
    model: fields.model.default(null),
    temperature: fields.temperature.default(0.2),
    top_k: fields.top_k.default(8),
    policy: fields.policy.default("strict"),
    language: fields.language.default("auto"),
    greeting: fields.greeting.default(""),
    suggested_questions: fields.suggested_questions.default([]),
    collection_ids: fields.collection_ids.default([]),
  })
  .openapi("AssistantInput");

export const AssistantPatch = z.object(fields).partial().openapi("AssistantPatch");

/** Characters of a turn's question and answer that a preview may bring along. */
const MAX_TURN_CHARACTERS = 8_000;
/** Turns it may bring along: as many as a kept conversation shows the model. */
const MAX_TURNS = 4;

export const PreviewInput = AssistantInput.pick({
  system_prompt: true,
  model: true,
  temperature: true,
  top_k: true,
  policy: true,
  language: true,
  collection_ids: true,
})
  .extend({
    message: Text.trim().min(1).max(4_000),
    history: z
      .array(z.object({ question: Text.max(MAX_TURN_CHARACTERS), answer: Text.max(MAX_TURN_CHARACTERS) }))
      .max(MAX_TURNS)
      .default([])
      .openapi({ description: "The turns before, oldest first: a preview is kept nowhere" }),
  })
  .openapi("PreviewInput");
