import { eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { RetrievalMode } from "../../db/schema/answer.ts";
import { assistantCollections } from "../../db/schema/assistants.ts";
import { collections } from "../../db/schema/collections.ts";
import type { PageKind } from "../../ports/document-parser.ts";
import { UpstreamError } from "../../ports/language-model.ts";
import { requirePermission } from "../access/permissions.ts";
import { getAssistant } from "../assistants/get.ts";
import { requireCollections } from "../assistants/require-collections.ts";
import { alive } from "../collections/collection.ts";
import { embeddingFigures, recordUsage } from "../usage/record.ts";
import { type Passage, retrieve } from "./retrieve.ts";

export type SearchHit = {
  chunk_id: string;
  document_id: string;
  version: number;
  filename: string;
  heading_path: string[];
  page: number;
  page_end: number;
  page_kind: PageKind;
  page_label: string | null;
  /** Where the passage begins on `page` and ends on `page_end`. */
  char_start: number;
  char_end: number;
  text: string;
  score: number;
  lexical_score: number | null;
  dense_score: number | null;
};

export type SearchInput = { query: string; collection_ids?: string[]; assistant_id?: string; top_k: number };

/** What was found, best first; by which legs. */
export type SearchResult = { data: SearchHit[]; retrieval: RetrievalMode };

/**
 * The passages an assistant would be given for a question; by full text alone where embeddings aren't to be had. Throws
 * `not_found` (a collection or assistant).
 */
export async function search(
  ctx: TenantContext,
  input: SearchInput,
  signal: AbortSignal,
): Promise<SearchResult> {
  requirePermission(ctx, "library.read");
  const [embedded, collectionIds] = await Promise.all([
    ctx.embeddings.embed([input.query], signal).catch((error: unknown) => {
      if (signal.aborted || !(error instanceof UpstreamError)) throw error;
      return null;
    }),
    searchedCollections(ctx, input),
  ]);
  const { passages, mode } = await retrieve(ctx, {
    text: input.query,
    vector: embedded?.vectors[0] ?? null,
    collectionIds,
    topK: input.top_k,
  });
  if (embedded) {
    ctx.background(ctx.db.rows(sql`select ${recordUsage(null, embeddingFigures(ctx, embedded.tokens))}`));
  }
  return { data: passages.flatMap(toHit), retrieval: mode };
}

/** Those asked for, those of the assistant, or else all of the tenant's. */
async function searchedCollections(ctx: TenantContext, input: SearchInput): Promise<string[]> {
  if (input.collection_ids) {
    await requireCollections(ctx, input.collection_ids);
    return input.collection_ids;
  }
  const { assistant_id } = input;
  if (assistant_id) await getAssistant(ctx, assistant_id);
  const [rows] = await ctx.db.transaction((q) => [
    assistant_id
      ? q
          .select({ id: assistantCollections.collection_id })
          .from(assistantCollections)
          .where(eq(assistantCollections.assistant_id, assistant_id))
      : q.select({ id: collections.id }).from(collections).where(alive),
  ]);
  return rows.map(({ id }) => id);
}

function toHit(passage: Passage): SearchHit[] {
  const first = passage.segments[0];
  const last = passage.segments.at(-1);
  if (!first || !last) return [];
  return [
    {
      chunk_id: passage.id,
      document_id: passage.document_id,
      version: passage.version,
      filename: passage.filename,
      heading_path: passage.heading_path,
      page: first.page,
      page_end: last.page,
      page_kind: first.kind,
      page_label: first.label,
      char_start: first.start,
      char_end: last.end,
      text: passage.text,
      score: passage.score,
      lexical_score: passage.lexical_score,
      dense_score: passage.dense_score,
    },
  ];
}
