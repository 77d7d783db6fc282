import type { TenantContext } from "../../context.ts";
import { type Candidate, candidatesById, lexicalCandidates } from "./candidates.ts";
import { type Fused, fuse } from "./fuse.ts";

/** Candidates taken from each leg for every passage wanted: fusion needs more than it gives. */
const CANDIDATES_PER_PASSAGE = 5;
const MIN_CANDIDATES = 40;

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

/** The best passages of some collections for a question, best first: both legs at once, fused by rank. */
export async function retrieve(ctx: TenantContext, query: RetrievalQuery): Promise<Passage[]> {
  const { collectionIds, topK } = query;
  if (collectionIds.length === 0) return [];
  const limit = Math.max(MIN_CANDIDATES, topK * CANDIDATES_PER_PASSAGE);
  const [lexical, dense] = await Promise.all([
    lexicalCandidates(ctx.db, { text: query.text, collectionIds, limit }),
    ctx.vectors.query({ vector: query.vector, collectionIds, topK: limit }),
  ]);
  const known = new Map<string, Candidate>(
    lexical.map(({ score: _, ...candidate }) => [candidate.id, candidate]),
  );
  const lexicalScores = new Map(lexical.map(({ id, score }) => [id, score]));
  const denseScores = new Map(dense.map(({ id, score }) => [id, score]));
  const unknown = dense.map(({ id }) => id).filter((id) => !known.has(id));
  for (const candidate of await candidatesById(ctx.db, unknown, collectionIds)) {
    known.set(candidate.id, candidate);
  }
  const passages: Passage[] = [];
  for (const { id, ...rank } of fuse(
    lexical,
    dense.filter(({ id }) => known.has(id)),
  )) {
    const candidate = known.get(id);
    if (!candidate) continue;
    passages.push({
      ...candidate,
      ...rank,
      lexical_score: lexicalScores.get(id) ?? null,
      dense_score: denseScores.get(id) ?? null,
    });
    if (passages.length === topK) break;
  }
  return passages;
}
