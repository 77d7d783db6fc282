import { inArray, type SQLWrapper } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { type DeletionFigures, deletionReceipts } from "../../db/schema/deletions.ts";
import { addFigures } from "./figures.ts";

export type Receipt = typeof deletionReceipts.$inferSelect;

export type Deletion = Pick<Receipt, "id" | "subject" | "subject_id" | "parent_id"> & {
  state: "purging" | "complete";
  /** Null until it was counted what is to be removed. While parts are purged: of those counted so far. */
  figures: DeletionFigures | null;
  requested_at: Date;
  completed_at: Date | null;
};

/** A receipt as the API shows it. `parts`: figures of the deletions it consists of, while it is not complete. */
export function toDeletion(row: Receipt, parts: Array<DeletionFigures | null> = []): Deletion {
  const { id, subject, subject_id, parent_id, requested_at, completed_at } = row;
  return {
    id,
    subject,
    subject_id,
    parent_id,
    state: completed_at ? "complete" : "purging",
    figures: completed_at ? row.figures : addFigures([row.figures, ...parts]),
    requested_at,
    completed_at,
  };
}

/** The statement that reads the figures of the parts of these deletions. */
export function selectParts(q: Database, parents: string[] | SQLWrapper) {
  return q
    .select({ parent_id: deletionReceipts.parent_id, figures: deletionReceipts.figures })
    .from(deletionReceipts)
    .where(inArray(deletionReceipts.parent_id, parents));
}
