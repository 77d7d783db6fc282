import { createRoute } from "@hono/zod-openapi";
import { createAssistant } from "../../services/assistants/create.ts";
import { getAssistant } from "../../services/assistants/get.ts";
import { listAssistants } from "../../services/assistants/list.ts";
import { removeAssistant } from "../../services/assistants/remove.ts";
import { updateAssistant } from "../../services/assistants/update.ts";
import { createRouter } from "../router.ts";
import { AssistantInput, AssistantPatch, AssistantSchema } from "../schemas/assistant.ts";
import { accepted, receiptLocation } from "../schemas/deletion.ts";
import { IdParam, PageQuery } from "../schemas/fields.ts";
import { body, json, pageOf, problems } from "../schemas/shared.ts";

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
