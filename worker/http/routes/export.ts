import { createRoute } from "@hono/zod-openapi";
import { exportTenant } from "../../services/export/export-tenant.ts";
import { memberContext } from "../member-context.ts";
import { createRouter } from "../router.ts";
import { IdParam } from "../schemas/fields.ts";
import { problems } from "../schemas/shared.ts";
import * as z from "../zod.ts";

/** Everything of a tenant, to take along. */
export const tenantExport = createRouter().openapi(
  createRoute({
    method: "get",
    path: "/tenants/{id}/export",
    tags: ["tenants"],
    summary: "All of a tenant as a ZIP: JSON lines and original files; for its owner and admins, signed in",
    request: { params: IdParam },
    responses: {
      200: {
        content: { "application/zip": { schema: z.string().openapi({ format: "binary" }) } },
        description:
          "errors.jsonl, its last file, names what is missing; an archive that breaks off has none",
      },
      ...problems,
    },
  }),
  async (c) => {
    const { ctx, tenant } = await memberContext(c, c.req.valid("param").id);
    const day = new Date().toISOString().slice(0, 10);
    return new Response(await exportTenant(ctx), {
      headers: {
        "Content-Type": "application/zip",
        "Content-Disposition": `attachment; filename="ancre-${tenant.id}-${day}.zip"`,
        "Cache-Control": "private, no-store",
      },
    });
  },
);
