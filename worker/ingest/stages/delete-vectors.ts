import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentVersions } from "../../db/schema/document-versions.ts";
import { chunkId } from "../chunking/chunk-id.ts";
import type { Hold } from "../deletion/rows.ts";
import type { IngestDocument } from "./load.ts";

/** Ids in one call to a vector store: every store takes as many. */
const IDS_PER_CALL = 1_000;

/** Removes the vectors of one version of a document from the vector store. */
export async function deleteVectors(ctx: TenantContext, documentId: string, version: number): Promise<void> {
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({ id: chunks.id })
      .from(chunks)
      .where(and(eq(chunks.document_id, documentId), eq(chunks.version, version))),
  ]);
  const ids = rows.map(({ id }) => id);
  for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
    await ctx.vectors.delete(ids.slice(start, start + IDS_PER_CALL));
  }
}

/** How many chunks each version of a document has or had, and the ids of those that the store acknowledged. */
export async function countChunks(
  ctx: TenantContext,
  { id }: Pick<IngestDocument, "id">,
): Promise<{ chunks: Record<string, number>; indexed: string[] }> {
  const [cut, told, indexed] = await ctx.db.transaction((q) => [
    q
      .select({ version: chunks.version, count: sql<number>`max(${chunks.ordinal}) + 1`.mapWith(Number) })
      .from(chunks)
      .where(eq(chunks.document_id, id))
      .groupBy(chunks.version),
    // Of a version whose chunks are gone a vector may have come late.
    q
      .select({ version: documentVersions.version, count: documentVersions.chunks_total })
      .from(documentVersions)
      .where(eq(documentVersions.document_id, id)),
    q
      .select({ id: chunks.id })
      .from(chunks)
      .where(and(eq(chunks.document_id, id), chunks.indexed)),
  ]);
  const counts: Record<string, number> = {};
  for (const { version, count } of [...told, ...cut]) {
    counts[version] = Math.max(counts[version] ?? 0, count ?? 0);
  }
  return { chunks: counts, indexed: indexed.map((row) => row.id) };
}

/** Removes the vectors of every version, by ids that are derived: it doesn't matter whether the chunks' rows are there. */
export async function removeVectors(
  ctx: TenantContext,
  documentId: string,
  counts: Record<string, number>,
  hold: Hold,
): Promise<void> {
  for await (const ids of derivedIds(documentId, counts)) {
    await ctx.vectors.delete(ids);
    await ctx.db.transaction((q) => [hold(q)]);
  }
}

/** Those vectors of every version that the store shows. */
export async function findVectors(
  ctx: TenantContext,
  documentId: string,
  counts: Record<string, number>,
  hold: Hold,
): Promise<string[]> {
  const found: string[] = [];
  for await (const ids of derivedIds(documentId, counts)) {
    found.push(...(await ctx.vectors.present(ids)));
    await ctx.db.transaction((q) => [hold(q)]);
  }
  return found;
}

async function* derivedIds(
  documentId: string,
  counts: Record<string, number>,
): AsyncGenerator<string[], void> {
  for (const [version, count] of Object.entries(counts)) {
    for (let start = 0; start < count; start += IDS_PER_CALL) {
      const length = Math.min(IDS_PER_CALL, count - start);
      const ids = Array.from({ length }, (_, index) => chunkId(documentId, Number(version), start + index));
      yield await Promise.all(ids);
    }
  }
}
