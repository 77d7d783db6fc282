import * as z from "../zod.ts";
import { QuotaSchema } from "./usage.ts";

/** RFC 9457, as every error answers. */
export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    quota: QuotaSchema.optional(),
    timings: z.record(z.string(), z.number().nullable()).optional().openapi({
      description: "Of a question that failed: milliseconds since it arrived, as far as it came",
    }),
  })
  .openapi("Problem");

export const Moment = z
  .date()
  .openapi({ type: "string", format: "date-time", example: "2026-11-22T13:44:05.000Z" });

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() });
}

export function json<T extends z.ZodType>(schema: T, description: string) {
  return { content: { "application/json": { schema } }, description };
}

export function body<T extends z.ZodType>(schema: T) {
  return { body: { required: true, content: { "application/json": { schema } } } };
}

/** What any route may answer besides its own success. */
export const problems = {
  default: { content: { "application/problem+json": { schema: ProblemSchema } }, description: "A problem" },
} as const;

export const noContent = { 204: { description: "Done; there is nothing to show." } } as const;
