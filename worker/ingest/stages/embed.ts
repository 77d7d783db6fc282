import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunkEmbeddings, chunks } from "../../db/schema/chunks.ts";
import { documentVersions } from "../../db/schema/document-versions.ts";
import { documents } from "../../db/schema/documents.ts";
import type { VectorEntry } from "../../ports/vector-store.ts";
import { visible } from "../../services/documents/document.ts";
import { embeddingFigures, recordUsage } from "../../services/usage/record.ts";
import { holdJob, isSuperseded, type WritingKind } from "../lease.ts";
import { isUpdate } from "./fail-update.ts";
import type { IngestDocument } from "./load.ts";

/** Chunks embedded by one upstream call and indexed by one write. */
const CHUNKS_PER_CALL = 64;
/** Calls made for one message. */
const CALLS_PER_SLICE = 8;

type PendingChunk = {
  id: string;
  /** A chunk is embedded under its headings: a paragraph rarely repeats what its title says. */
  text: string;
  hash: string;
  vector: string | null;
  reused: boolean;
};

/**
 * Indexes the next slice of chunks. A vector that Postgres keeps of the same model is used again: the chunk's own after a
 * crash and when a published version is put into a store again, else that of the same text in whichever of the tenant's
 * documents. The others are embedded. Returns whether all are in the store.
 */
export async function embedSlice(
  ctx: TenantContext,
  document: IngestDocument,
  kind: WritingKind,
): Promise<"done" | "more"> {
  for (let call = 0; call < CALLS_PER_SLICE; call++) {
    const pending = await readPending(ctx, document);
    if (pending.length === 0) return "done";
    const { entries, figures } = await findVectors(ctx, document, pending);
    try {
      await ctx.vectors.upsert(entries);
    } catch (error) {
      // They may be kept by now, and then the call that made them isn't repeated: what it took is known here alone.
      await ctx.db.transaction((q) => [q.execute(sql`select ${recordUsage(null, figures)}`)]);
      throw error;
    }
    const ids = entries.map(({ id }) => id);
    await acknowledge(ctx, document, kind, ids, figures);
    if (pending.length < CHUNKS_PER_CALL) return "done";
  }
  return "more";
}

function readPending(ctx: TenantContext, { id, version }: IngestDocument): Promise<PendingChunk[]> {
  // The label that `worker/wiring.ts` gives the store.
  const model = `${ctx.embeddings.name}@${ctx.embeddings.dimensions}`;
  return ctx.db.rows<PendingChunk>(sql`
    with pending as materialized (
      select id, ordinal, array_to_string(heading_path || text, E'\n') as text from chunks
      where document_id = ${id} and version = ${version}::int and not indexed
      order by ordinal limit ${CHUNKS_PER_CALL}::int
    ), hashed as materialized (
      select id, ordinal, text, encode(sha256(convert_to(text, 'UTF8')), 'hex') as hash from pending
    )
    select h.id, h.text, h.hash, coalesce(own.embedding, twin.embedding)::text as vector,
      coalesce(own.reused, twin.embedding is not null) as reused
    from hashed h
    left join chunk_embeddings own on own.chunk_id = h.id and own.model = ${model}
    left join lateral (
      select e.embedding from chunk_embeddings e
      where own.chunk_id is null and e.content_hash = h.hash and e.model = ${model} limit 1
    ) twin on true
    order by h.ordinal`);
}

/** Every chunk's vector, and the figures of the call that the texts without one took. */
async function findVectors(ctx: TenantContext, document: IngestDocument, pending: PendingChunk[]) {
  const vectors = new Map<string, number[]>();
  const missing = new Map<string, PendingChunk>();
  for (const chunk of pending) {
    if (chunk.vector !== null) vectors.set(chunk.hash, JSON.parse(chunk.vector) as number[]);
    else if (!missing.has(chunk.hash)) missing.set(chunk.hash, chunk);
  }
  for (const hash of vectors.keys()) missing.delete(hash);
  const embedded =
    missing.size === 0 ? null : await ctx.embeddings.embed([...missing.values()].map(({ text }) => text));
  for (const [index, hash] of [...missing.keys()].entries())
    vectors.set(hash, embedded?.vectors[index] ?? []);
  const entries = pending.map(({ id, hash, vector, reused }): VectorEntry => {
    const record = {
      contentHash: hash,
      // The first chunk of an embedded text is what it was embedded for.
      reused: vector === null ? missing.get(hash)?.id !== id : reused,
      searchable: !isUpdate(document),
    };
    return { id, collectionId: document.collection_id, vector: vectors.get(hash) ?? [], record };
  });
  return { entries, figures: embedded ? embeddingFigures(ctx, embedded.tokens) : {} };
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
  const reused = sql`(select count(*) from ${chunkEmbeddings} join ${chunks} on ${chunks.id} = ${chunkEmbeddings.chunk_id}
    where ${ofVersion} and ${chunks.indexed} and ${chunkEmbeddings.reused})`;
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
      q
        .update(documentVersions)
        .set({ chunks_reused: reused })
        .where(
          and(
            eq(documentVersions.document_id, document.id),
            eq(documentVersions.version, document.version),
            eq(documentVersions.state, "writing"),
          ),
        ),
      q.execute(sql`select ${recordUsage(null, figures)}`),
    ]);
  } catch (error) {
    if (isSuperseded(error)) await takeBack(ctx, document, ids);
    throw error;
  }
}

/** Another consumer may have ended the same work well: then the vectors are its, to be read or to be kept. */
async function takeBack(ctx: TenantContext, { id, version }: IngestDocument, ids: string[]): Promise<void> {
  const [[found]] = await ctx.db.transaction((q) => [
    q
      .select({ state: documentVersions.state, published: documents.published_version })
      .from(documents)
      .innerJoin(documentVersions, eq(documentVersions.document_id, documents.id))
      .where(and(eq(documents.id, id), eq(documentVersions.version, version), visible)),
  ]);
  if (found?.published === version) return;
  await ctx.vectors.delete(ids, { keep: found?.state === "complete" });
}
