import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documents } from "../../db/schema/documents.ts";
import { embeddingFigures, recordUsage } from "../../services/usage/record.ts";
import { holdJob, isSuperseded } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/** Chunks embedded by one upstream call and indexed by one write. */
const CHUNKS_PER_CALL = 64;
/** Calls made for one message. */
const CALLS_PER_SLICE = 8;

/** Embeds and indexes the next slice of chunks. Returns whether all of them are in the vector store. */
export async function embedSlice(ctx: TenantContext, document: IngestDocument): Promise<"done" | "more"> {
  const ofVersion = and(eq(chunks.document_id, document.id), eq(chunks.version, document.version));
  for (let call = 0; call < CALLS_PER_SLICE; call++) {
    const [pending] = await ctx.db.transaction((q) => [
      q
        .select({ id: chunks.id, text: chunks.text, heading_path: chunks.heading_path })
        .from(chunks)
        .where(and(ofVersion, eq(chunks.indexed, false)))
        .orderBy(asc(chunks.ordinal))
        .limit(CHUNKS_PER_CALL),
    ]);
    if (pending.length === 0) return "done";
    const { vectors, tokens } = await ctx.embeddings.embed(pending.map(embeddedText));
    const ids = pending.map(({ id }) => id);
    await ctx.vectors.upsert(
      ids.map((id, index) => ({ id, collectionId: document.collection_id, vector: vectors[index] ?? [] })),
    );
    await acknowledge(ctx, document, ids, tokens);
    if (pending.length < CHUNKS_PER_CALL) return "done";
  }
  return "more";
}

/** Records that the store holds these vectors; takes them out again when the document is gone meanwhile. */
async function acknowledge(
  ctx: TenantContext,
  document: IngestDocument,
  ids: string[],
  tokens: number,
): Promise<void> {
  const ofVersion = and(eq(chunks.document_id, document.id), eq(chunks.version, document.version));
  try {
    await ctx.db.transaction((q) => [
      holdJob(q, document),
      q.update(chunks).set({ indexed: true }).where(inArray(chunks.id, ids)),
      q
        .update(documents)
        .set({
          chunks_done: sql`(select count(*) from ${chunks} where ${ofVersion} and ${chunks.indexed})`,
          updated_at: sql`now()`,
        })
        .where(eq(documents.id, document.id)),
      q.execute(sql`select ${recordUsage(null, embeddingFigures(ctx, tokens))}`),
    ]);
  } catch (error) {
    if (isSuperseded(error)) await ctx.vectors.delete(ids);
    throw error;
  }
}

/** A chunk is embedded under its headings: a paragraph rarely repeats what its title says. */
function embeddedText(chunk: { text: string; heading_path: string[] }): string {
  return [...chunk.heading_path, chunk.text].join("\n");
}
