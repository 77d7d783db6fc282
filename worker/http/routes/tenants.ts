import { createRoute } from "@hono/zod-openapi";
import { createTenant } from "../../services/tenants/create.ts";
import { getTenant } from "../../services/tenants/get.ts";
import { listMemberships } from "../../services/tenants/memberships.ts";
import { renameTenant } from "../../services/tenants/rename.ts";
import { requirePerson } from "../require-person.ts";
import { createRouter } from "../router.ts";
import { Id, IdParam, Name } from "../schemas/fields.ts";
import { body, json, Moment, pageOf, problems } from "../schemas/shared.ts";
import { PlanNameSchema } from "../schemas/usage.ts";
import * as z from "../zod.ts";

const TenantSchema = z
  .object({
    id: Id,
    name: z.string(),
    plan: PlanNameSchema,
    role: z.enum(["owner", "admin", "member"]),
    kind: z
      .enum(["personal", "organization"])
      .openapi({ description: "organization: its people and name are kept by the identity provider" }),
    created_at: Moment,
    updated_at: Moment,
  })
  .openapi("Tenant");

const TenantInput = z.object({ name: Name }).openapi("TenantInput");

export const tenants = createRouter()
  .openapi(
    createRoute({
      method: "post",
      path: "/tenants",
      tags: ["tenants"],
      summary: "Create a tenant that you own",
      request: body(TenantInput),
      responses: { 201: json(TenantSchema, "Created"), ...problems },
    }),
    async (c) =>
      c.json(await createTenant(c.var.wiring.database, requirePerson(c), c.req.valid("json")), 201),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/tenants",
      tags: ["tenants"],
      summary: "The tenants you belong to",
      responses: { 200: json(pageOf(TenantSchema), "Yours"), ...problems },
    }),
    async (c) => {
      const data = await listMemberships(c.var.wiring.database, requirePerson(c).userId);
      return c.json({ data, next_cursor: null }, 200);
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/tenants/{id}",
      tags: ["tenants"],
      summary: "One of your tenants",
      request: { params: IdParam },
      responses: { 200: json(TenantSchema, "The tenant"), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await getTenant(c.var.wiring.database, requirePerson(c).userId, id), 200);
    },
  )
  .openapi(
    createRoute({
      method: "patch",
      path: "/tenants/{id}",
      tags: ["tenants"],
      summary: "Rename a tenant",
      request: { params: IdParam, ...body(TenantInput) },
      responses: { 200: json(TenantSchema, "Renamed"), ...problems },
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const { name } = c.req.valid("json");
      return c.json(await renameTenant(c.var.wiring.database, requirePerson(c), id, name), 200);
    },
  );
