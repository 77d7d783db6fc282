import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunkEmbeddings, chunks } from "../../db/schema/chunks.ts";
import { documents } from "../../db/schema/documents.ts";
import { embeddingFigures, recordUsage } from "../../services/usage/record.ts";
import { holdJob, isSuperseded, type WritingKind } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/** Chunks embedded by one upstream call and indexed by one write. */
const CHUNKS_PER_CALL = 64;
/** Calls made for one message. */
const CALLS_PER_SLICE = 8;

type PendingChunk = { id: string; text: string; heading_path: string[]; kept: string | null };

/**
 * Indexes the next slice of chunks. A vector that Postgres keeps of the same model is used again: after a crash, and
 * when a published version moves to another store. The others are embedded. Returns whether all are in the store.
 */
export async function embedSlice(
  ctx: TenantContext,
  document: IngestDocument,
  kind: WritingKind,
): Promise<"done" | "more"> {
  for (let call = 0; call < CALLS_PER_SLICE; call++) {
    const pending = await readPending(ctx, document);
    if (pending.length === 0) return "done";
    const { vectors, figures } = await findVectors(ctx, pending);
    const ids = pending.map(({ id }) => id);
    const { collection_id: collectionId } = document;
    try {
      await ctx.vectors.upsert(ids.map((id) => ({ id, collectionId, vector: vectors.get(id) ?? [] })));
    } catch (error) {
      // They may be kept by now, and then the call that made them isn't repeated: what it took is known here alone.
      await ctx.db.transaction((q) => [q.execute(sql`select ${recordUsage(null, figures)}`)]);
      throw error;
    }
    await acknowledge(ctx, document, kind, ids, figures);
    if (pending.length < CHUNKS_PER_CALL) return "done";
  }
  return "more";
}

async function readPending(ctx: TenantContext, { id, version }: IngestDocument): Promise<PendingChunk[]> {
  // The label that `worker/wiring.ts` gives the store.
  const model = `${ctx.embeddings.name}@${ctx.embeddings.dimensions}`;
  const [pending] = await ctx.db.transaction((q) => [
    q
      .select({
        id: chunks.id,
        text: chunks.text,
        heading_path: chunks.heading_path,
        kept: chunkEmbeddings.embedding,
      })
      .from(chunks)
      .leftJoin(
        chunkEmbeddings,
        and(eq(chunkEmbeddings.chunk_id, chunks.id), eq(chunkEmbeddings.model, model)),
      )
      .where(and(eq(chunks.document_id, id), eq(chunks.version, version), eq(chunks.indexed, false)))
      .orderBy(asc(chunks.ordinal))
      .limit(CHUNKS_PER_CALL),
  ]);
  return pending;
}

/** Every chunk's vector by its id, and the figures of the call that those without one took. */
async function findVectors(ctx: TenantContext, pending: PendingChunk[]) {
  const vectors = new Map<string, number[]>();
  const missing: PendingChunk[] = [];
  for (const chunk of pending) {
    if (chunk.kept === null) missing.push(chunk);
    else vectors.set(chunk.id, JSON.parse(chunk.kept) as number[]);
  }
  if (missing.length === 0) return { vectors, figures: {} };
  const embedded = await ctx.embeddings.embed(missing.map(embeddedText));
  for (const [index, { id }] of missing.entries()) vectors.set(id, embedded.vectors[index] ?? []);
  return { vectors, figures: embeddingFigures(ctx, embedded.tokens) };
}

/** Records that the store holds these vectors; takes them out again when the document is gone meanwhile. */
async function acknowledge(
  ctx: TenantContext,
  document: IngestDocument,
  kind: WritingKind,
  ids: string[],
  figures: ReturnType<typeof embeddingFigures>,
): Promise<void> {
  const ofVersion = and(eq(chunks.document_id, document.id), eq(chunks.version, document.version));
  try {
    await ctx.db.transaction((q) => [
      holdJob(q, document, kind),
      q.update(chunks).set({ indexed: true }).where(inArray(chunks.id, ids)),
      q
        .update(documents)
        .set({
          chunks_done: sql`(select count(*) from ${chunks} where ${ofVersion} and ${chunks.indexed})`,
          updated_at: sql`now()`,
        })
        // A ready document is found all along: to its readers nothing is in progress.
        .where(and(eq(documents.id, document.id), ne(documents.status, "ready"))),
      q.execute(sql`select ${recordUsage(null, figures)}`),
    ]);
  } catch (error) {
    if (isSuperseded(error) && !(await isPublished(ctx, document))) await ctx.vectors.delete(ids);
    throw error;
  }
}

/** Another consumer may have ended the same work well: then its vectors are these. */
async function isPublished(ctx: TenantContext, { id, version }: IngestDocument): Promise<boolean> {
  const published = and(eq(documents.status, "ready"), eq(documents.published_version, version));
  const [found] = await ctx.db.transaction((q) => [
    q
      .select({ id: documents.id })
      .from(documents)
      .where(and(eq(documents.id, id), published)),
  ]);
  return found.length > 0;
}

/** A chunk is embedded under its headings: a paragraph rarely repeats what its title says. */
function embeddedText(chunk: { text: string; heading_path: string[] }): string {
  return [...chunk.heading_path, chunk.text].join("\n");
}
