import { createRoute, z } from "@hono/zod-openapi";
import { createAssistant } from "../../services/assistants/create.ts";
import { getAssistant } from "../../services/assistants/get.ts";
import { listAssistants } from "../../services/assistants/list.ts";
import { removeAssistant } from "../../services/assistants/remove.ts";
import { updateAssistant } from "../../services/assistants/update.ts";
import { createRouter } from "../router.ts";
import { accepted, receiptLocation } from "../schemas/deletion.ts";
import {
  body,
  Id,
  IdParam,
  json,
  Moment,
  Name,
  PageQuery,
  pageOf,
  problems,
  Text,
} from "../schemas/shared.ts";

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

const AssistantSchema = z
  .object({
    id: Id,
    ...fields,
    system_prompt: z.string().openapi({ description: "Empty for an API key that may only chat" }),
    name: z.string(),
    created_at: Moment,
    updated_at: Moment,
  })
  .openapi("Assistant");

const AssistantInput = z
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

const AssistantPatch = z.object(fields).partial().openapi("AssistantPatch");

export const assistants = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/assistants",
      tags: ["assistants"],
      summary: "Create an assistant over some collections",
      request: body(AssistantInput),
      responses: { 201: json(AssistantSchema, "Created"), ...problems },
    }),
    async (c) => c.json(await createAssistant(c.var.ctx, c.req.valid("json")), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/assistants",
      tags: ["assistants"],
      summary: "Assistants, newest first",
      request: { query: PageQuery },
      responses: { 200: json(pageOf(AssistantSchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null } = c.req.valid("query");
      return c.json(await listAssistants(c.var.ctx, { limit, cursor }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/assistants/{id}",
      tags: ["assistants"],
      summary: "One assistant",
      request: { params: IdParam },
      responses: { 200: json(AssistantSchema, "The assistant"), ...problems },
    }),
    async (c) => c.json(await getAssistant(c.var.ctx, c.req.valid("param").id), 200),
  )
  .openapi(
    createRoute({
      method: "patch",
      path: "/assistants/{id}",
      tags: ["assistants"],
      summary: "Change an assistant; what is left out stays",
      request: { params: IdParam, ...body(AssistantPatch) },
      responses: { 200: json(AssistantSchema, "Changed"), ...problems },
    }),
    async (c) => c.json(await updateAssistant(c.var.ctx, c.req.valid("param").id, c.req.valid("json")), 200),
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/assistants/{id}",
      tags: ["assistants"],
      summary: "Delete an assistant and its conversations",
      request: { params: IdParam },
      responses: { ...accepted, ...problems },
    }),
    async (c) => {
      const deletion = await removeAssistant(c.var.ctx, c.req.valid("param").id);
      return c.json(deletion, 202, receiptLocation(deletion));
    },
  );
