import { asc, eq } from "drizzle-orm";
import type { TenantContext } from "../../../context.ts";
import { importUploadParts, importUploads } from "../../../db/schema/imports.ts";
import { notFound } from "../../../errors.ts";

export type UploadRow = typeof importUploads.$inferSelect;
export type PartRow = typeof importUploadParts.$inferSelect;

export type ArchiveUpload = Pick<
  UploadRow,
  "id" | "collection_id" | "filename" | "size_bytes" | "part_bytes" | "created_at" | "expires_at"
> & { parts_total: number; received: number[] };

/** Bytes of each part but the last: R2 takes 5 MiB at least, and a slow line sends this much in a minute. */
export const PART_BYTES = 8 * 2 ** 20;
/** Hours after the last sign of life until an upload is given up; R2 itself waits for a week. */
export const KEPT_HOURS = 48;

export function partsTotal({ size_bytes, part_bytes }: Pick<UploadRow, "size_bytes" | "part_bytes">): number {
  return Math.ceil(size_bytes / part_bytes);
}

/** An upload as the API shows it. */
export function toUpload(row: UploadRow, parts: Pick<PartRow, "number">[]): ArchiveUpload {
  const { id, collection_id, filename, size_bytes, part_bytes, created_at, expires_at } = row;
  return {
    id,
    collection_id,
    filename,
    size_bytes,
    part_bytes,
    parts_total: partsTotal(row),
    received: parts.map(({ number }) => number),
    created_at,
    expires_at,
  };
}

/** An upload under way and the parts that arrived, in order. Throws `not_found`. */
export async function readUpload(
  ctx: TenantContext,
  id: string,
): Promise<{ row: UploadRow; parts: PartRow[] }> {
  const [[row], parts] = await ctx.db.transaction((q) => [
    q.select().from(importUploads).where(eq(importUploads.id, id)),
    q
      .select()
      .from(importUploadParts)
      .where(eq(importUploadParts.upload_id, id))
      .orderBy(asc(importUploadParts.number)),
  ]);
  if (!row) throw notFound("upload");
  return { row, parts };
}
