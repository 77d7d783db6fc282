import { createRoute } from "@hono/zod-openapi";
import { createApiKey } from "../../services/api-keys/create.ts";
import { listApiKeys } from "../../services/api-keys/list.ts";
import { revokeApiKey } from "../../services/api-keys/revoke.ts";
import { createRouter } from "../router.ts";
import { Id, IdParam, Name, PageQuery } from "../schemas/fields.ts";
import { body, json, Moment, noContent, pageOf, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const ScopeSchema = z.enum(["chat", "read", "write"]).openapi({
  description: "chat: ask and read back; read: look and search; write: also add, change and delete",
});

const ApiKeySchema = z
  .object({
    id: Id,
    name: z.string(),
    prefix: z.string().openapi({ description: "How the key begins; the rest was shown once" }),
    scopes: z.array(ScopeSchema),
    assistant_ids: z.array(Id).nullable(),
    created_by: z.string(),
    created_at: Moment,
    expires_at: Moment.nullable(),
    last_used_at: Moment.nullable().openapi({ description: "To the minute" }),
    revoked_at: Moment.nullable(),
  })
  .openapi("ApiKey");

const NewApiKey = ApiKeySchema.extend({
  key: z.string().openapi({ description: "The whole key, in this answer and never again" }),
}).openapi("NewApiKey");

const ApiKeyInput = z
  .object({
    name: Name,
    scopes: z.array(ScopeSchema).min(1).max(3),
    assistant_ids: z
      .array(Id)
      .min(1)
      .max(100)
      .nullable()
      .default(null)
      .openapi({ description: "The only assistants it may talk to, with the scope chat; null: all" }),
    expires_at: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .nullable()
      .default(null)
      .openapi({ type: "string", format: "date-time", description: "Null: never" }),
  })
  .openapi("ApiKeyInput");

export const apiKeys = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/api-keys",
      tags: ["api keys"],
      summary: "Make an API key; it is shown once",
      request: body(ApiKeyInput),
      responses: { 201: json(NewApiKey, "Made"), ...problems },
    }),
    async (c) => c.json(await createApiKey(c.var.ctx, c.req.valid("json")), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/api-keys",
      tags: ["api keys"],
      summary: "API keys, newest first; revoked ones stay listed",
      request: { query: PageQuery },
      responses: { 200: json(pageOf(ApiKeySchema), "A page of them"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null } = c.req.valid("query");
      return c.json(await listApiKeys(c.var.ctx, { limit, cursor }), 200);
    },
  )
  .openapi(
    createRoute({
      method: "delete",
      path: "/api-keys/{id}",
      tags: ["api keys"],
      summary: "Revoke an API key: the next request with it is refused",
      request: { params: IdParam },
      responses: { ...noContent, ...problems },
    }),
    async (c) => {
      await revokeApiKey(c.var.ctx, c.req.valid("param").id);
      return c.body(null, 204);
    },
  );
