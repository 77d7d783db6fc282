import type { TenantContext } from "../../context.ts";
import { postgresCode } from "../../db/client.ts";
import type { RetrievalMode } from "../../db/schema/answer.ts";
import { UpstreamError } from "../../ports/language-model.ts";
import { MAX_TOP_K, type StatementPart } from "../../ports/vector-store.ts";
import { type Candidate, candidatesById, candidatesOfBoth, lexicalCandidates } from "./candidates.ts";
import type { TextQuery } from "./scored-by-text.ts";

/**
 * Proposals asked of the vector store for every candidate: outside Postgres, until an update is tidied up, each chunk
 * of the document may have a twin in the version that isn't read (decision 022).
 */
const PROPOSALS_PER_CANDIDATE = 2;

type Scored = { id: string; score: number };

/** What both legs found, each best first, and the text behind it. */
export type Legs = {
  lexical: Scored[];
  dense: Scored[];
  known: Map<string, Candidate>;
  mode: RetrievalMode;
  /** Why the dense leg is missing; null when it isn't, and when it couldn't be asked. */
  fault: unknown;
};

/** `vector` is null when the question couldn't be embedded. */
export type LegsQuery = TextQuery & { vector: number[] | null };

/**
 * Asks both legs. Where the tenant's database is the vector store that is one trip; an external one is asked beside full
 * text, and the text of what it alone proposes takes a second trip. A dense leg that fails leaves full text alone; what
 * makes full text fail is thrown.
 */
export async function askLegs(ctx: TenantContext, query: LegsQuery): Promise<Legs> {
  const { vector, collectionIds, limit } = query;
  if (!vector) return fullText(await lexicalCandidates(ctx.db, query), null);
  const topK = Math.min(MAX_TOP_K, limit * PROPOSALS_PER_CANDIDATE);
  const { statement } = ctx.vectors;
  return statement
    ? inOneTrip(ctx, query, () => statement({ vector, collectionIds, topK }))
    : besideFullText(ctx, query, ctx.vectors.query({ vector, collectionIds, topK }));
}

async function inOneTrip(
  ctx: TenantContext,
  query: TextQuery,
  toStatement: () => StatementPart,
): Promise<Legs> {
  try {
    const found = await candidatesOfBoth(ctx.db, { ...query, nearest: toStatement() });
    return {
      lexical: ranked(found, ({ lexical_score }) => lexical_score),
      dense: ranked(found, ({ dense_score }) => dense_score),
      known: new Map(found.map(({ lexical_score: _, dense_score: __, ...chunk }) => [chunk.id, chunk])),
      mode: "hybrid",
      fault: null,
    };
  } catch (error) {
    // The database answered, and refused: perhaps only the half about vectors. Where it doesn't answer, nothing is left.
    if (!isStoreFault(error) && !postgresCode(error)) throw error;
    return fullText(await lexicalCandidates(ctx.db, query), error);
  }
}

async function besideFullText(
  ctx: TenantContext,
  query: TextQuery,
  proposals: Promise<Scored[]>,
): Promise<Legs> {
  const [lexical, proposed] = await Promise.all([
    lexicalCandidates(ctx.db, query),
    proposals.catch((error: unknown) => {
      if (!isStoreFault(error)) throw error;
      return { fault: error };
    }),
  ]);
  const legs = fullText(lexical, null);
  if (!Array.isArray(proposed)) return { ...legs, fault: proposed.fault };
  const unknown = proposed.map(({ id }) => id).filter((id) => !legs.known.has(id));
  for (const candidate of await candidatesById(ctx.db, unknown, query.collectionIds)) {
    legs.known.set(candidate.id, candidate);
  }
  const dense = proposed.filter(({ id }) => legs.known.has(id)).slice(0, query.limit);
  return { ...legs, dense, mode: "hybrid" };
}

function fullText(found: Array<Candidate & { score: number }>, fault: unknown): Legs {
  return {
    lexical: found,
    dense: [],
    known: new Map(found.map(({ score: _, ...candidate }) => [candidate.id, candidate])),
    mode: "full_text",
    fault,
  };
}

function ranked<T extends { id: string }>(found: T[], scoreOf: (candidate: T) => number | null): Scored[] {
  return found
    .flatMap((candidate): Scored[] => {
      const score = scoreOf(candidate);
      return score === null ? [] : [{ id: candidate.id, score }];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

function isStoreFault(error: unknown): boolean {
  return error instanceof UpstreamError;
}
