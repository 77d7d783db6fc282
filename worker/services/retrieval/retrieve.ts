import type { TenantContext } from "../../context.ts";
import { MAX_TOP_K } from "../../ports/vector-store.ts";
import { type Candidate, candidatesById, lexicalCandidates } from "./candidates.ts";
import { type Fused, fuse } from "./fuse.ts";
import { mergeNeighbours } from "./merge-neighbours.ts";
import { selectChunks } from "./select.ts";
import { standingsOf } from "./standing.ts";

/** Candidates taken from each leg for every passage wanted: fusion needs more than it gives. */
const CANDIDATES_PER_PASSAGE = 5;
const MIN_CANDIDATES = 40;
/**
 * Proposals asked of the vector store for every candidate: outside Postgres, until an update is tidied up, each chunk
 * of the document may have a twin in the version that isn't read (decision 022).
 */
const PROPOSALS_PER_CANDIDATE = 2;

export type RetrievalQuery = {
  /** For the full-text leg: the question, and what it leans on. */
  text: string;
  /** For the dense leg: the question's embedding. */
  vector: number[];
  collectionIds: string[];
  topK: number;
};

export type Passage = Candidate &
  Pick<Fused, "score" | "lexical_rank" | "dense_rank"> & {
    /** BM25, null when the full-text leg didn't find it; cosine similarity, null when the dense leg didn't. */
    lexical_score: number | null;
    dense_score: number | null;
  };

/**
 * The best passages of some collections for a question, best first: both legs at once, fused by rank, copies left
 * out, neighbours put together. At most `topK` chunks, so fewer passages where some are neighbours.
 */
export async function retrieve(ctx: TenantContext, query: RetrievalQuery): Promise<Passage[]> {
  const { collectionIds, topK } = query;
  if (collectionIds.length === 0) return [];
  const limit = Math.min(MAX_TOP_K, Math.max(MIN_CANDIDATES, topK * CANDIDATES_PER_PASSAGE));
  const [lexical, proposed] = await Promise.all([
    lexicalCandidates(ctx.db, { text: query.text, collectionIds, limit }),
    ctx.vectors.query({
      vector: query.vector,
      collectionIds,
      topK: Math.min(MAX_TOP_K, limit * PROPOSALS_PER_CANDIDATE),
    }),
  ]);
  const known = new Map<string, Candidate>(
    lexical.map(({ score: _, ...candidate }) => [candidate.id, candidate]),
  );
  const unknown = proposed.map(({ id }) => id).filter((id) => !known.has(id));
  for (const candidate of await candidatesById(ctx.db, unknown, collectionIds)) {
    known.set(candidate.id, candidate);
  }
  const dense = proposed.filter(({ id }) => known.has(id)).slice(0, limit);
  const found = new Set([...lexical, ...dense].map(({ id }) => id));
  const standings = standingsOf(
    query.text,
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
