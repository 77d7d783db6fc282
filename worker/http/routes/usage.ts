import { createRoute } from "@hono/zod-openapi";
import { getUsage } from "../../services/usage/get.ts";
import { getUsageHistory } from "../../services/usage/history.ts";
import { PLANS } from "../../services/usage/plans.ts";
import { createRouter } from "../router.ts";
import { Id } from "../schemas/fields.ts";
import { json, Moment, problems } from "../schemas/shared.ts";
import { CostSchema, MetricSchema, PlanNameSchema } from "../schemas/usage.ts";
import * as z from "../zod.ts";

const unpriced = z.number().int().openapi({
  description: "Answers and embedding calls that `cost` doesn't hold: their model's price isn't known",
});

const UsageReport = z
  .object({
    plan: PlanNameSchema,
    period: z
      .string()
      .openapi({ description: "The UTC month that monthly metrics count", example: "2026-11" }),
    period_start: Moment,
    period_end: Moment,
    metrics: z.array(
      z.object({
        metric: MetricSchema,
        used: z.number().int(),
        limit: z.number().int(),
        resets_at: Moment.nullable().openapi({ description: "Null: held, not spent; deleting makes room" }),
      }),
    ),
    tokens: z
      .object({ embedding: z.number().int(), prompt: z.number().int(), completion: z.number().int() })
      .openapi({ description: "Of the period: answers, searches and ingestion" }),
    cost: CostSchema,
    unpriced,
  })
  .openapi("UsageReport");

const figures = {
  questions: z.number().int(),
  pages: z.number().int(),
  documents: z.number().int(),
  embedding_tokens: z.number().int(),
  prompt_tokens: z.number().int(),
  completion_tokens: z.number().int(),
  cost: CostSchema,
  unpriced,
};

const UsageHistory = z
  .object({
    data: z.array(
      z.object({
        period: z.string(),
        ...figures,
        assistants: z.array(
          z.object({
            assistant_id: Id.nullable().openapi({ description: "Null: ingestion and search" }),
            name: z.string().nullable().openapi({ description: "Null: deleted since" }),
            ...figures,
          }),
        ),
      }),
    ),
  })
  .openapi("UsageHistory");

const HistoryQuery = z.object({
  from: z.iso.date().openapi({ example: "2026-11-01" }),
  to: z.iso.date().openapi({ example: "2026-11-30", description: "Inclusive" }),
  granularity: z.enum(["day", "month"]).default("day"),
});

const PlanList = z
  .object({
    data: z.array(
      z.object({
        name: PlanNameSchema,
        limits: z.record(MetricSchema, z.number().int()),
        max_file_bytes: z.number().int(),
        max_import_bytes: z.number().int(),
      }),
    ),
  })
  .openapi("PlanList");

export const usage = createRouter()
  .openapi(
    createRoute({
      method: "get",
      path: "/usage",
      tags: ["usage"],
      summary: "What the tenant has used of its plan, and what its models cost",
      responses: { 200: json(UsageReport, "Counters, limits, tokens and cost"), ...problems },
    }),
    async (c) => c.json(await getUsage(c.var.ctx, new Date()), 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/usage/history",
      tags: ["usage"],
      summary: "Use by day or month, in all and per assistant",
      request: { query: HistoryQuery },
      responses: { 200: json(UsageHistory, "Oldest first; unused periods are left out"), ...problems },
    }),
    async (c) => c.json({ data: await getUsageHistory(c.var.ctx, c.req.valid("query")) }, 200),
  );

/** Open to all: what each plan allows. */
export const plans = createRouter().openapi(
  createRoute({
    method: "get",
    path: "/plans",
    tags: ["usage"],
    summary: "What each plan allows",
    security: [],
    responses: { 200: json(PlanList, "Every plan, the smallest first") },
  }),
  (c) => {
    const data = (["free", "pro"] as const).map((name) => ({
      name,
      limits: PLANS[name].limits,
      max_file_bytes: PLANS[name].maxFileBytes,
      max_import_bytes: PLANS[name].maxImportBytes,
    }));
    return c.json({ data }, 200);
  },
);
