import { createRoute, z } from "@hono/zod-openapi";
import { getUsage } from "../../services/usage/get.ts";
import { createRouter } from "../router.ts";
import { json, Moment, problems } from "../schemas/shared.ts";

const UsageReport = z
  .object({
    plan: z.enum(["free"]),
    period: z
      .string()
      .openapi({ description: "The UTC month that monthly metrics count", example: "2026-11" }),
    metrics: z.array(
      z.object({
        metric: z.enum(["documents", "storage_bytes", "assistants", "pages", "questions"]),
        used: z.number().int(),
        limit: z.number().int(),
        resets_at: Moment.nullable(),
      }),
    ),
  })
  .openapi("UsageReport");

export const usage = createRouter().openapi(
  createRoute({
    method: "get",
    path: "/usage",
    tags: ["usage"],
    summary: "What the tenant has used of its plan",
    responses: { 200: json(UsageReport, "Counters and limits"), ...problems },
  }),
  async (c) => c.json(await getUsage(c.var.ctx, new Date()), 200),
);
