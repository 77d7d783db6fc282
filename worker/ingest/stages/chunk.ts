import { eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { chunks } from "../../db/schema/chunks.ts";
import { documents } from "../../db/schema/documents.ts";
import { ParseFailure } from "../../ports/document-parser.ts";
import {
  detectTextLanguage,
  SEARCH_CONFIGURATION,
  type TextLanguage,
} from "../../services/retrieval/language.ts";
import { chunkId } from "../chunking/chunk-id.ts";
import type { Chunk } from "../chunking/chunk-pages.ts";
import { chunkSlices } from "../chunking/chunk-slices.ts";
import { collectBodies } from "../chunking/document-bodies.ts";
import { holdJob } from "../lease.ts";
import type { IngestDocument } from "./load.ts";
import { planSlices, readSlices } from "./read-slices.ts";

/** Chunks written in one transaction. */
const CHUNKS_PER_WRITE = 100;

/** Characters of text a document may have: about 4,000 dense pages. */
const MAX_TEXT_CHARACTERS = 12_000_000;
/** Places of the document that are looked at to tell its language, and the characters looked at there. */
const LANGUAGE_SAMPLES = 12;
const SAMPLE_CHARACTERS = 500;

/**
 * Cuts the stored pages into chunks with derived ids and writes them with their full-text index. The pages are read
 * twice, slice by slice: for what can be told of the whole document alone, then to be cut.
 */
export async function chunkDocument(ctx: TenantContext, document: IngestDocument): Promise<void> {
  const slices = await planSlices(ctx, document);
  const characters = slices.reduce((sum, slice) => sum + slice.characters, 0);
  if (characters > MAX_TEXT_CHARACTERS)
    throw new ParseFailure("too_large", `${characters} characters of text`);
  const bodies = collectBodies();
  const samples = sampleText(characters);
  for await (const pages of readSlices(ctx, document, slices)) {
    for (const page of pages) {
      bodies.add(page);
      samples.add(page.text);
    }
  }
  const language = detectTextLanguage(samples.text());
  let total = 0;
  for await (const found of chunkSlices(readSlices(ctx, document, slices), bodies.bodies())) {
    total += found.length;
    for (let start = 0; start < found.length; start += CHUNKS_PER_WRITE) {
      await writeChunks(ctx, document, language, found.slice(start, start + CHUNKS_PER_WRITE));
    }
  }
  if (total === 0) throw new ParseFailure("no_text", "no page holds text");
  await ctx.db.transaction((q) => [
    holdJob(q, document),
    q
      .update(documents)
      .set({ chunks_total: total, language, updated_at: sql`now()` })
      .where(eq(documents.id, document.id)),
  ]);
}

/** Text from all over the document: a title page or a bibliography may be in another language. */
function sampleText(characters: number): { add(text: string): void; text(): string } {
  const step = Math.max(SAMPLE_CHARACTERS, Math.floor(characters / LANGUAGE_SAMPLES));
  const taken: string[] = [];
  let passed = 0;
  let next = 0;
  return {
    add(text) {
      for (; next < passed + text.length; next += step) {
        taken.push(text.slice(next - passed, next - passed + SAMPLE_CHARACTERS));
      }
      passed += text.length;
    },
    text: () => taken.join("\n"),
  };
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
