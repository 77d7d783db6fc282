import { type Column, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { RetrievalMode } from "../../db/schema/answer.ts";
import { MAX_TOP_K } from "../../ports/vector-store.ts";
import type { Candidate, LexicalHit } from "./candidates.ts";
import { type Fused, fuse } from "./fuse.ts";
import { askDense, type Legs } from "./legs.ts";
import { mergeNeighbours } from "./merge-neighbours.ts";
import { selectChunks } from "./select.ts";
import { createStandings } from "./standing.ts";

/** Candidates taken from each leg for every passage wanted: fusion needs more than it gives. */
const CANDIDATES_PER_PASSAGE = 5;
const MIN_CANDIDATES = 40;

/** Candidates of each leg, for so many passages. */
export function candidatesFor(topK: number): number {
  return Math.min(MAX_TOP_K, Math.max(MIN_CANDIDATES, topK * CANDIDATES_PER_PASSAGE));
}

/** The same of a column, in SQL. */
export function selectCandidatesFor(topK: SQL | Column): SQL {
  return sql`least(${MAX_TOP_K}::int, greatest(${MIN_CANDIDATES}::int, ${topK} * ${CANDIDATES_PER_PASSAGE}::int))`;
}

export type RetrievalQuery = {
  /** What full text was asked: the question, and what it leans on. */
  text: string;
  /** What full text found of it (`selectLexical`), best first. */
  lexical: LexicalHit[];
  collectionIds: string[];
  topK: number;
};

export type Passage = Candidate &
  Pick<Fused, "score" | "lexical_rank" | "dense_rank"> & {
    /** BM25, null when the full-text leg didn't find it; cosine similarity, null when the dense leg didn't. */
    lexical_score: number | null;
    dense_score: number | null;
  };

/** Passages, best first; by which legs, and what made the dense one fail. */
export type Retrieval = { passages: Passage[]; mode: RetrievalMode; fault: unknown };

/**
 * The best passages of some collections for a question, best first: both legs fused by rank, copies left out, neighbours
 * put together. At most `topK` chunks, so fewer passages where some are neighbours. Full text was asked before, beside the
 * embedding; what it found is read at once, and the answer takes the embedding: null where there is none, and then full
 * text answers alone (decision 029).
 */
export function beginRetrieval(
  ctx: TenantContext,
  { text, lexical, collectionIds, topK }: RetrievalQuery,
): (vector: number[] | null) => Promise<Retrieval> {
  const standings = createStandings(text);
  standings.read(lexical);
  return async (vector) => {
    if (collectionIds.length === 0)
      return { passages: [], mode: vector ? "hybrid" : "full_text", fault: null };
    const legs = await askDense(ctx, { lexical, vector, collectionIds, limit: candidatesFor(topK) });
    return { passages: toPassages(legs, standings, topK), mode: legs.mode, fault: legs.fault };
  };
}

function toPassages(
  { lexical, dense, known }: Legs,
  standings: ReturnType<typeof createStandings>,
  topK: number,
): Passage[] {
  const found = new Set([...lexical, ...dense].map(({ id }) => id));
  const standing = standings.among([...known.values()].filter(({ id }) => found.has(id)));
  const fused = fuse(lexical, dense, (id) => standing.get(id));
  const lexicalScores = new Map(lexical.map(({ id, score }) => [id, score]));
  const denseScores = new Map(dense.map(({ id, score }) => [id, score]));
  const ranked = fused.flatMap(({ id, ...rank }): Passage[] => {
    const candidate = known.get(id);
    if (!candidate) return [];
    const lexical_score = lexicalScores.get(id) ?? null;
    return [{ ...candidate, ...rank, lexical_score, dense_score: denseScores.get(id) ?? null }];
  });
  return mergeNeighbours(selectChunks(ranked, topK));
}
