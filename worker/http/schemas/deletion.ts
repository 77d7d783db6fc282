import type { Deletion } from "../../services/deletions/deletion.ts";
import * as z from "../zod.ts";
import { Id } from "./fields.ts";
import { json, Moment } from "./shared.ts";

const FigureSchema = z.object({
  expected: z
    .number()
    .int()
    .openapi({ description: "Counted before anything was removed, and what came late" }),
  purged: z.number().int(),
  remaining: z.number().int().openapi({ description: "Still shown when it was last read back" }),
});

export const DeletionSchema = z
  .object({
    id: Id,
    subject: z.enum(["document", "collection", "assistant", "tenant"]),
    subject_id: Id,
    parent_id: Id.nullable().openapi({ description: "The deletion that this one is a part of" }),
    state: z
      .enum(["purging", "complete"])
      .openapi({ description: "complete: every store was read back, and nothing of it is there" }),
    figures: z
      .object({
        vectors: FigureSchema,
        objects: FigureSchema,
        rows: FigureSchema.extend({
          by_table: z.record(z.string(), FigureSchema).openapi({
            description: "messages, of a document: answers that stay, without what they quoted of it",
          }),
        }),
      })
      .nullable()
      .openapi({
        description: "Null until it is counted; with its parts, while these are, of those counted",
      }),
    requested_at: Moment,
    completed_at: Moment.nullable(),
  })
  .openapi("Deletion");

/** What a DELETE answers whose work goes on: the receipt, and where it can be asked for. */
export const accepted = {
  202: {
    ...json(DeletionSchema, "Gone from every list, search and answer; being removed from every store"),
    headers: { Location: { description: "Where the receipt is", schema: { type: "string" as const } } },
  },
};

/** Where a deletion's receipt is. */
export function receiptLocation({ id }: Pick<Deletion, "id">): { Location: string } {
  return { Location: `/api/v1/deletions/${id}` };
}
