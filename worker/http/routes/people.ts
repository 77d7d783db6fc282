import { createRoute } from "@hono/zod-openapi";
import { listAuditLog } from "../../services/audit/list.ts";
import { listMembers } from "../../services/members/list.ts";
import { createRouter } from "../router.ts";
import { Id, PageQuery, Text } from "../schemas/fields.ts";
import { MemberSchema } from "../schemas/member.ts";
import { json, Moment, pageOf, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const AuditRecord = z
  .object({
    id: Id,
    at: Moment,
    actor_kind: z.enum(["user", "key", "system"]),
    actor_id: z.string(),
    action: z.string(),
    target_id: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
    request_id: z.string().nullable(),
  })
  .openapi("AuditRecord");

const AuditQuery = PageQuery.extend({ action: Text.max(60).optional() });

/** Who belongs to the tenant, and what they did that matters to its security. */
export const people = createRouter()
  .openapi(
    createRoute({
      method: "get",
      path: "/members",
      tags: ["people"],
      summary: "Who belongs to the tenant, longest first",
      responses: { 200: json(pageOf(MemberSchema), "All of them"), ...problems },
    }),
    async (c) => c.json({ data: await listMembers(c.var.ctx), next_cursor: null }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/audit-log",
      tags: ["people"],
      summary: "What was done that matters to security, newest first; for owners",
      request: { query: AuditQuery },
      responses: { 200: json(pageOf(AuditRecord), "A page of it"), ...problems },
    }),
    async (c) => {
      const { limit, cursor = null, action } = c.req.valid("query");
      return c.json(await listAuditLog(c.var.ctx, { action }, { limit, cursor }), 200);
    },
  );
