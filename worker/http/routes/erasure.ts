import { createRoute } from "@hono/zod-openapi";
import { getErasure } from "../../services/deletions/get.ts";
import { eraseTenant } from "../../services/tenants/erase.ts";
import { memberContext } from "../member-context.ts";
import { requirePerson } from "../require-person.ts";
import { createRouter } from "../router.ts";
import { accepted, DeletionSchema } from "../schemas/deletion.ts";
import { IdParam, Text } from "../schemas/fields.ts";
import { body, json, problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const Confirmation = z
  .object({ name: Text.min(1).max(200).openapi({ description: "The tenant's name, as it is shown" }) })
  .openapi("TenantErasure");

/** The end of a tenant, and its proof. */
export const erasure = createRouter()
  .openapi(
    createRoute({
      method: "delete",
      path: "/tenants/{id}",
      tags: ["tenants"],
      summary: "Erase a tenant with all that is stored of it; for its owner, signed in. Can't be undone",
      request: { params: IdParam, ...body(Confirmation) },
      responses: { ...accepted, ...problems },
    }),
    async (c) => {
      const { ctx, tenant } = await memberContext(c, c.req.valid("param").id);
      const deletion = await eraseTenant(ctx, tenant, c.req.valid("json").name);
      // The tenant's own list of deletions is closed to everybody from now on.
      return c.json(deletion, 202, { Location: `/api/v1/tenants/${tenant.id}/deletion` });
    },
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/tenants/{id}/deletion",
      tags: ["tenants"],
      summary: "The receipt of a tenant's erasure, for whoever asked for it",
      request: { params: IdParam },
      responses: { 200: json(DeletionSchema, "The receipt"), ...problems },
    }),
    async (c) => {
      const { userId } = requirePerson(c);
      return c.json(await getErasure(c.var.wiring.database, userId, c.req.valid("param").id), 200);
    },
  );
