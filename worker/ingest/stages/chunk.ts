import { and, asc, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { ParseFailure } from "../../ports/document-parser.ts";
import {
  detectTextLanguage,
  SEARCH_CONFIGURATION,
  type TextLanguage,
} from "../../services/retrieval/language.ts";
import { chunkId } from "../chunking/chunk-id.ts";
import { type Chunk, chunkPages } from "../chunking/chunk-pages.ts";
import { renewLease } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/** Chunks written in one transaction. */
const CHUNKS_PER_WRITE = 100;

/** Cuts the stored pages into chunks with derived ids and writes them with their full-text index. */
export async function chunkDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  const [pages] = await ctx.db.transaction((q) => [
    q
      .select()
      .from(documentPages)
      .where(and(eq(documentPages.document_id, document.id), eq(documentPages.version, document.version)))
      .orderBy(asc(documentPages.number)),
  ]);
  const found = chunkPages(pages);
  if (found.length === 0) throw new ParseFailure("no_text", "no page holds text");
  const language = detectTextLanguage(found.map((chunk) => chunk.text).join("\n"));
  for (let start = 0; start < found.length; start += CHUNKS_PER_WRITE) {
    await writeChunks(ctx, document, language, found.slice(start, start + CHUNKS_PER_WRITE));
  }
  await ctx.db.transaction((q) => [
    q
      .update(documents)
      .set({ chunks_total: found.length, language, updated_at: sql`now()` })
      .where(and(eq(documents.id, document.id), eq(documents.version, document.version))),
    renewLease(q, document.id),
  ]);
}

async function writeChunks(
  ctx: TenantContext,
  document: IngestDocument,
  language: TextLanguage,
  batch: Chunk[],
): Promise<void> {
  const configuration = SEARCH_CONFIGURATION[language];
  const rows = await Promise.all(
    batch.map(async (chunk) => ({
      id: await chunkId(document.id, document.version, chunk.ordinal),
      tenant_id: ctx.tenantId,
      collection_id: document.collection_id,
      document_id: document.id,
      version: document.version,
      ordinal: chunk.ordinal,
      segments: chunk.segments,
      heading_path: chunk.headings,
      language,
      text: chunk.text,
      lexemes: sql<string>`
        setweight(to_tsvector(${configuration}::regconfig, ${headline(document, chunk)}), 'A') ||
        to_tsvector(${configuration}::regconfig, ${chunk.text})`,
    })),
  );
  await ctx.db.transaction((q) => [
    q.insert(chunks).values(rows).onConflictDoNothing(),
    renewLease(q, document.id),
  ]);
}

/** What a chunk is about though its text may not say so: its headings and the file's name. */
function headline(document: IngestDocument, chunk: Chunk): string {
  const name = document.filename.replace(/\.[^.]+$/, "").replace(/[-_.]+/g, " ");
  return [name, ...chunk.headings].join("\n");
}
