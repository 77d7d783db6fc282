import { z } from "zod";
import { QdrantError } from "./qdrant-error.ts";

// Stricter than Qdrant, which ignores most fields it doesn't know: here a misspelt one is found at once.

const Vector = z.array(z.number()).min(1);
const PointId = z.union([z.uuid(), z.int().min(0)]);

const Condition = z.union([
  z.strictObject({ has_id: z.array(PointId) }),
  z.strictObject({ key: z.string(), match: z.strictObject({ value: z.string() }) }),
  z.strictObject({ key: z.string(), match: z.strictObject({ any: z.array(z.string()) }) }),
]);

export type Condition = z.infer<typeof Condition>;

const Filter = z.strictObject({ must: z.array(Condition).min(1) });

export const CreateCollection = z.strictObject({
  vectors: z.strictObject({
    size: z.int().min(1).max(65_536),
    distance: z.enum(["Cosine", "Dot", "Euclid"]),
  }),
  hnsw_config: z
    .strictObject({ m: z.int().min(0), payload_m: z.int().min(0), ef_construct: z.int().min(4) })
    .partial()
    .optional(),
});

export const CreateIndex = z.strictObject({
  field_name: z.string().min(1),
  field_schema: z.strictObject({ type: z.literal("keyword"), is_tenant: z.boolean().optional() }),
});

export const UpsertPoints = z.strictObject({
  points: z
    .array(
      z.strictObject({ id: PointId, vector: Vector, payload: z.record(z.string(), z.string()).optional() }),
    )
    .min(1),
  update_filter: Filter.optional(),
});

export const QueryPoints = z.strictObject({
  query: Vector,
  limit: z.int().min(1).default(10),
  filter: Filter.optional(),
  with_payload: z.literal(false).default(false),
  with_vector: z.literal(false).default(false),
});

export const ScrollPoints = z.strictObject({
  filter: Filter,
  limit: z.int().min(1).default(10),
  with_payload: z.literal(false),
  with_vector: z.literal(false).default(false),
});

export const DeletePoints = z.strictObject({ filter: Filter });

/** Qdrant answers 400 for what isn't of the type, and 422 for a value out of its bounds. */
export function readBody<T>(schema: z.ZodType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new QdrantError(400, `Format error in JSON body: ${String(error)}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const text422 = `Validation error in JSON body: [${issue?.path.join(".")}: ${issue?.message}]`;
  if (issue?.code === "too_small" || issue?.code === "too_big") throw new QdrantError(422, text422);
  throw new QdrantError(400, `Format error in JSON body: ${issue?.path.join(".")}: ${issue?.message}`);
}
