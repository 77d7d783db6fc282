import { createRoute } from "@hono/zod-openapi";
import { getOwnMembership } from "../../services/members/own-membership.ts";
import { createRouter } from "../router.ts";
import { Id } from "../schemas/fields.ts";
import { MemberSchema } from "../schemas/member.ts";
import { json, problems } from "../schemas/shared.ts";

const OwnMembership = MemberSchema.extend({
  tenant_id: Id.meta({ description: "The tenant that this request is bound to" }),
}).openapi("OwnMembership");

/** Who one is here. */
export const ownMembership = createRouter().openapi(
  createRoute({
    method: "get",
    path: "/members/me",
    tags: ["people"],
    summary: "Who you are in this tenant, and which one it is",
    responses: { 200: json(OwnMembership, "Your membership"), ...problems },
  }),
  async (c) => c.json(await getOwnMembership(c.var.ctx), 200),
);
