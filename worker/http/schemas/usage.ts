import * as z from "../zod.ts";

export const PlanNameSchema = z.enum(["free", "pro"]);

export const MetricSchema = z.enum([
  "documents",
  "storage_bytes",
  "assistants",
  "members",
  "pages",
  "questions",
]);

export const CostSchema = z.object({ amount: z.number(), currency: z.literal("USD") }).openapi("Cost", {
  description: "What the models cost at the list prices of the day, in billionths at the finest",
});

export const QuotaSchema = z
  .object({
    metric: z.string(),
    plan: z.string(),
    used: z.number().int(),
    requested: z.number().int(),
    limit: z.number().int(),
    resets_at: z.string().nullable(),
    upgrade: z.object({ plan: z.string(), limit: z.number().int(), url: z.string() }).nullable(),
  })
  .openapi("Quota", {
    description: "With `quota_exceeded`: the limit, its use, its reset and how to have more",
  });
