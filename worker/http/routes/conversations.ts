import { createRoute } from "@hono/zod-openapi";
import { getConversation } from "../../services/conversations/get.ts";
import { listConversations } from "../../services/conversations/list.ts";
import { removeConversation } from "../../services/conversations/remove.ts";
import { renameConversation } from "../../services/conversations/rename.ts";
import { createRouter } from "../router.ts";
import { ConversationSchema, ConversationWithMessages } from "../schemas/chat.ts";
import { Id, Name, PageQuery, Text } from "../schemas/fields.ts";
import { body, json, noContent, pageOf, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const AssistantParam = z.object({ assistant_id: Id });
const ConversationParams = AssistantParam.extend({ id: Id });
const ListQuery = PageQuery.extend({
  q: Text.trim().min(1).max(200).optional().openapi({ description: "Part of the title" }),
});

export const conversations = createRouter()
  .openapi(
    createRoute({
      method: "get",
      path: "/conversations",
      tags: ["conversations"],
      summary: "Your conversations with every assistant, the last used first",
      request: { query: ListQuery },
      responses: { 200: json(pageOf(ConversationSchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null, q } = c.req.valid("query");
      return c.json(await listConversations(c.var.ctx, { q }, { limit, cursor }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/chat/{assistant_id}/conversations",
      tags: ["conversations"],
      summary: "Your conversations with an assistant, the last used first",
      request: { params: AssistantParam, query: ListQuery },
      responses: { 200: json(pageOf(ConversationSchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null, q } = c.req.valid("query");
      const assistantId = c.req.valid("param").assistant_id;
      return c.json(await listConversations(c.var.ctx, { assistantId, q }, { limit, cursor }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/chat/{assistant_id}/conversations/{id}",
      tags: ["conversations"],
      summary: "A conversation with its messages, oldest first",
      request: { params: ConversationParams },
      responses: { 200: json(ConversationWithMessages, "The conversation"), ...problems },
    }),
    async (c) => {
      const { assistant_id, id } = c.req.valid("param");
      return c.json(await getConversation(c.var.ctx, assistant_id, id), 200);
    },
  )
  .openapi(
    createRoute({
      method: "patch",
      path: "/chat/{assistant_id}/conversations/{id}",
      tags: ["conversations"],
      summary: "Rename a conversation",
      request: {
        params: ConversationParams,
        ...body(z.object({ title: Name }).openapi("ConversationPatch")),
      },
      responses: { 200: json(ConversationWithMessages, "Renamed"), ...problems },
    }),
    async (c) => {
      const { assistant_id, id } = c.req.valid("param");
      await renameConversation(c.var.ctx, assistant_id, id, c.req.valid("json").title);
      return c.json(await getConversation(c.var.ctx, assistant_id, id), 200);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/chat/{assistant_id}/conversations/{id}",
      tags: ["conversations"],
      summary: "Delete a conversation",
      request: { params: ConversationParams },
      responses: { ...noContent, ...problems },
    }),
    async (c) => {
      const { assistant_id, id } = c.req.valid("param");
      await removeConversation(c.var.ctx, assistant_id, id);
      return c.body(null, 204);
    },
  );
