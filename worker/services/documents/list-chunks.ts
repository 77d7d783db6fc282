import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { visible } from "./document.ts";

export type DocumentChunk = Pick<
  typeof chunks.$inferSelect,
  "id" | "ordinal" | "heading_path" | "language" | "segments"
>;

export type DocumentChunks = {
  document_id: string;
  version: number;
  data: DocumentChunk[];
  /** The ordinal after which to go on; null: there are no more chunks. */
  next_after: number | null;
};

/**
 * How a version was cut: its chunks in reading order, or those that have a part of one page. Of the version asked for,
 * else of the one that is read, else of the one being written; a retired one has none any more. Throws `not_found`.
 */
export async function listChunks(
  ctx: TenantContext,
  id: string,
  wanted: { version?: number; page?: number },
  { limit, after }: { limit: number; after: number },
): Promise<DocumentChunks> {
  requirePermission(ctx, "library.read");
  const [[document], rows] = await ctx.db.transaction((q) => [
    q
      .select({ version: sql<number>`coalesce(${documents.published_version}, ${documents.version})` })
      .from(documents)
      .where(and(eq(documents.id, id), visible)),
    q
      .select({
        id: chunks.id,
        ordinal: chunks.ordinal,
        heading_path: chunks.heading_path,
        language: chunks.language,
        segments: chunks.segments,
      })
      .from(chunks)
      .where(
        and(
          eq(chunks.document_id, id),
          eq(
            chunks.version,
            wanted.version ??
              sql`(select coalesce(published_version, version) from documents where id = ${id}::uuid)`,
          ),
          wanted.page === undefined
            ? undefined
            : sql`${chunks.segments} @> ${JSON.stringify([{ page: wanted.page }])}::jsonb`,
          gt(chunks.ordinal, after),
        ),
      )
      .orderBy(asc(chunks.ordinal))
      .limit(limit + 1),
  ]);
  if (!document) throw notFound("document");
  const data = rows.slice(0, limit);
  return {
    document_id: id,
    version: wanted.version ?? document.version,
    data,
    next_after: rows.length > limit ? (data.at(-1)?.ordinal ?? null) : null,
  };
}
