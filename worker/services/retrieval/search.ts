import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { RetrievalMode } from "../../db/schema/answer.ts";
import { collections } from "../../db/schema/collections.ts";
import { notFound } from "../../errors.ts";
import type { PageKind } from "../../ports/document-parser.ts";
import { UpstreamError } from "../../ports/language-model.ts";
import { requirePermission } from "../access/permissions.ts";
import { collectionsOf } from "../assistants/assistant.ts";
import { getAssistant } from "../assistants/get.ts";
import { livingCollections } from "../assistants/require-collections.ts";
import { alive } from "../collections/collection.ts";
import { embeddingFigures, recordUsage } from "../usage/record.ts";
import { type LexicalHit, selectLexical } from "./candidates.ts";
import { beginRetrieval, candidatesFor, type Passage } from "./retrieve.ts";

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
  const { query, top_k: topK } = input;
  const [embedded, opened] = await Promise.all([
    ctx.embeddings.embed([query], signal).catch((error: unknown) => {
      if (signal.aborted || !(error instanceof UpstreamError)) throw error;
      return null;
    }),
    openSearch(ctx, input),
  ]);
  const finish = beginRetrieval(ctx, { ...opened, text: query, topK });
  const { passages, mode } = await finish(embedded?.vectors[0] ?? null);
  if (embedded) {
    ctx.background(ctx.db.rows(sql`select ${recordUsage(null, embeddingFigures(ctx, embedded.tokens))}`));
  }
  return { data: passages.flatMap(toHit), retrieval: mode };
}

/** The collections asked for, those of the assistant, or else all of the tenant's, and what full text finds there. */
async function openSearch(
  ctx: TenantContext,
  { query, collection_ids, assistant_id, top_k }: SearchInput,
): Promise<{ collectionIds: string[]; lexical: LexicalHit[] }> {
  if (assistant_id && !collection_ids) await getAssistant(ctx, assistant_id);
  const [rows, found] = await ctx.db.transaction((q) => {
    const searched = collection_ids
      ? livingCollections(q, collection_ids)
      : assistant_id
        ? collectionsOf(q, assistant_id)
        : q.select({ id: collections.id }).from(collections).where(alive);
    const scope = sql`array(${searched})`;
    const fullText = selectLexical({ text: query, scope, limit: candidatesFor(top_k) });
    return [searched, q.execute<LexicalHit>(fullText)];
  });
  if (collection_ids && rows.length < new Set(collection_ids).size) throw notFound("collection");
  return { collectionIds: rows.map(({ id }) => id), lexical: found.rows };
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
