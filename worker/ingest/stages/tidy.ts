import { and, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentVersions } from "../../db/schema/document-versions.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { closeJob } from "../../services/documents/close-job.ts";
import { KEPT_UPDATE } from "../../services/documents/kept-update.ts";
import { bytesReservation, releaseUsage } from "../../services/usage/reserve.ts";
import { holdJob } from "../lease.ts";
import { deleteVectors } from "./delete-vectors.ts";
import type { IngestDocument } from "./load.ts";

type Version = typeof documentVersions.$inferSelect;

/** Ids in one call to a vector store: every store takes as many. */
const IDS_PER_CALL = 1_000;

/**
 * Removes what versions left that are no more read: of those kept, to be restored or retried, the vectors outside
 * Postgres; of retired and failed ones vectors, chunks and the file, unless a kept version shares it. The pages of a
 * retired one stay, since old answers cite them.
 */
export async function tidyDocument(
  ctx: TenantContext,
  document: IngestDocument,
): Promise<"settled" | "more"> {
  const v = alias(documentVersions, "v");
  // In one statement: a document that was read before may tell of another update than its versions do.
  const [versions] = await ctx.db.transaction((q) => [
    q
      .select({ row: v, isKeptUpdate: sql<boolean>`${KEPT_UPDATE}` })
      .from(v)
      .innerJoin(documents, eq(documents.id, v.document_id))
      .where(eq(v.document_id, document.id)),
  ]);
  const [ended, kept] = [[] as Version[], [] as Version[]];
  for (const { row, isKeptUpdate } of versions) {
    const over = row.state === "failed" || row.state === "retired";
    const isEnded = over && row.version !== document.version && !isKeptUpdate;
    (isEnded ? ended : kept).push(row);
    const isUnread = row.state === "complete" && row.version !== document.published_version;
    if (isUnread || isKeptUpdate) await withdraw(ctx, document, row.version);
  }
  const files = new Set(kept.map(({ storage_key }) => storage_key));
  for (const row of ended) {
    if (row.cleared_at === null) await clear(ctx, document, row, files.has(row.storage_key));
  }
  const [, next] = await ctx.db.transaction((q) => [
    holdJob(q, document, "tidy"),
    ...closeJob(q, document.id),
  ]);
  return next.rows.length > 0 ? "more" : "settled";
}

/** Takes a kept version's vectors out of where questions are asked; restoring it puts them back. */
async function withdraw(ctx: TenantContext, document: IngestDocument, version: number): Promise<void> {
  const placed = and(
    eq(chunks.document_id, document.id),
    eq(chunks.version, version),
    eq(chunks.indexed, true),
  );
  for (;;) {
    const [rows] = await ctx.db.transaction((q) => [
      q.select({ id: chunks.id }).from(chunks).where(placed).limit(IDS_PER_CALL),
    ]);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await ctx.vectors.delete(ids, { keep: true });
    await ctx.db.transaction((q) => [
      holdJob(q, document, "tidy"),
      q.update(chunks).set({ indexed: false }).where(inArray(chunks.id, ids)),
    ]);
  }
}

async function clear(
  ctx: TenantContext,
  document: IngestDocument,
  { version, state, storage_key }: Version,
  shared: boolean,
): Promise<void> {
  const { id } = document;
  await deleteVectors(ctx, id, version);
  if (!shared) await ctx.files.delete(storage_key);
  const bytes = releaseUsage("storage_bytes", bytesReservation({ storage_key }));
  await ctx.db.transaction((q) => [
    holdJob(q, document, "tidy"),
    q.delete(chunks).where(and(eq(chunks.document_id, id), eq(chunks.version, version))),
    q
      .delete(documentPages)
      .where(
        and(
          eq(documentPages.document_id, id),
          eq(documentPages.version, version),
          sql`${state === "failed"}`,
        ),
      ),
    q
      .update(documentVersions)
      .set({ cleared_at: sql`now()` })
      .where(and(eq(documentVersions.document_id, id), eq(documentVersions.version, version)))
      .returning(shared ? { version: documentVersions.version } : { bytes }),
  ]);
}
