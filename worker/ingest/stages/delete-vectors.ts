import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";

/** Ids in one call to a vector store: every store takes as many. */
const IDS_PER_CALL = 1_000;

/** Removes the vectors of a document, or of one version of it, from the vector store. */
export async function deleteVectors(ctx: TenantContext, documentId: string, version?: number): Promise<void> {
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({ id: chunks.id })
      .from(chunks)
      .where(
        and(
          eq(chunks.document_id, documentId),
          version === undefined ? undefined : eq(chunks.version, version),
        ),
      ),
  ]);
  const ids = rows.map(({ id }) => id);
  for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
    await ctx.vectors.delete(ids.slice(start, start + IDS_PER_CALL));
  }
}
