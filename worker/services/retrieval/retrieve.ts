import type { TenantContext } from "../../context.ts";
import type { RetrievalMode } from "../../db/schema/answer.ts";
import { MAX_TOP_K } from "../../ports/vector-store.ts";
import type { Candidate } from "./candidates.ts";
import { type Fused, fuse } from "./fuse.ts";
import { askLegs, type Legs } from "./legs.ts";
import { mergeNeighbours } from "./merge-neighbours.ts";
import { selectChunks } from "./select.ts";
import { standingsOf } from "./standing.ts";

/** Candidates taken from each leg for every passage wanted: fusion needs more than it gives. */
const CANDIDATES_PER_PASSAGE = 5;
const MIN_CANDIDATES = 40;

export type RetrievalQuery = {
  /** For the full-text leg: the question, and what it leans on. */
  text: string;
  /** For the dense leg: the question's embedding; null where there is none, and then full text answers alone. */
  vector: number[] | null;
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
 * The best passages of some collections for a question, best first: both legs at once, fused by rank, copies left
 * out, neighbours put together. At most `topK` chunks, so fewer passages where some are neighbours. Without a dense leg,
 * full text alone (decision 029).
 */
export async function retrieve(ctx: TenantContext, query: RetrievalQuery): Promise<Retrieval> {
  const { text, collectionIds, topK, vector } = query;
  if (collectionIds.length === 0) return { passages: [], mode: vector ? "hybrid" : "full_text", fault: null };
  const limit = Math.min(MAX_TOP_K, Math.max(MIN_CANDIDATES, topK * CANDIDATES_PER_PASSAGE));
  const legs = await askLegs(ctx, { text, vector, collectionIds, limit });
  return { passages: toPassages(text, legs, topK), mode: legs.mode, fault: legs.fault };
}

function toPassages(text: string, { lexical, dense, known }: Legs, topK: number): Passage[] {
  const found = new Set([...lexical, ...dense].map(({ id }) => id));
  const standings = standingsOf(
    text,
    [...known.values()].filter(({ id }) => found.has(id)),
  );
  const fused = fuse(lexical, dense, (id) => standings.get(id));
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
