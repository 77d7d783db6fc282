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
import { holdJob } from "../lease.ts";
import type { IngestDocument } from "./load.ts";

/** Chunks written in one transaction. */
const CHUNKS_PER_WRITE = 100;

/** Characters of text that can be chunked in a Worker's memory: about 4,000 dense pages. */
const MAX_TEXT_CHARACTERS = 12_000_000;
/** Chunks looked at to tell the document's language. */
const LANGUAGE_SAMPLE = 8;

/** Cuts the stored pages into chunks with derived ids and writes them with their full-text index. */
export async function chunkDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  const ofVersion = and(
    eq(documentPages.document_id, document.id),
    eq(documentPages.version, document.version),
  );
  const [[size]] = await ctx.db.transaction((q) => [
    q
      .select({ characters: sql<number>`coalesce(sum(length(${documentPages.text})), 0)`.mapWith(Number) })
      .from(documentPages)
      .where(ofVersion),
  ]);
  if ((size?.characters ?? 0) > MAX_TEXT_CHARACTERS) {
    throw new ParseFailure("too_large", `${size?.characters} characters of text`);
  }
  const [pages] = await ctx.db.transaction((q) => [
    q.select().from(documentPages).where(ofVersion).orderBy(asc(documentPages.number)),
  ]);
  const found = chunkPages(pages);
  if (found.length === 0) throw new ParseFailure("no_text", "no page holds text");
  const language = detectTextLanguage(sample(found));
  for (let start = 0; start < found.length; start += CHUNKS_PER_WRITE) {
    await writeChunks(ctx, document, language, found.slice(start, start + CHUNKS_PER_WRITE));
  }
  await ctx.db.transaction((q) => [
    holdJob(q, document),
    q
      .update(documents)
      .set({ chunks_total: found.length, language, updated_at: sql`now()` })
      .where(eq(documents.id, document.id)),
  ]);
}

/** Some chunks from all over the document: a title page or a bibliography may be in another language. */
function sample(found: Chunk[]): string {
  const step = Math.max(1, Math.floor(found.length / LANGUAGE_SAMPLE));
  return found
    .filter((_, index) => index % step === 0)
    .map(({ text }) => text.slice(0, 500))
    .join("\n");
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
    holdJob(q, document),
    q.insert(chunks).values(rows).onConflictDoNothing(),
  ]);
}

/** What a chunk is about though its text may not say so: its headings and the file's name. */
function headline(document: IngestDocument, chunk: Chunk): string {
  const name = document.filename.replace(/\.[^.]+$/, "").replace(/[-_.]+/g, " ");
  return [name, ...chunk.headings].join("\n");
}
