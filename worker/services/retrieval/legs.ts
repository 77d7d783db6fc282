import type { TenantContext } from "../../context.ts";
import { postgresCode } from "../../db/client.ts";
import type { RetrievalMode } from "../../db/schema/answer.ts";
import { UpstreamError } from "../../ports/language-model.ts";
import { MAX_TOP_K, type StatementPart, type VectorHit } from "../../ports/vector-store.ts";
import {
  type Candidate,
  type Current,
  candidatesById,
  type DenseHit,
  type LexicalHit,
  type Scored,
  selectCurrent,
  selectNearest,
  stillRead,
} from "./candidates.ts";

/**
 * Proposals asked of the vector store for every candidate: outside Postgres, until an update is tidied up, each chunk
 * of the document may have a twin in the version that isn't read (decision 022).
 */
const PROPOSALS_PER_CANDIDATE = 2;

/** What both legs found, each best first, and the text behind it. */
export type Legs = {
  lexical: Scored[];
  dense: Scored[];
  known: Map<string, Candidate>;
  mode: RetrievalMode;
  /** Why the dense leg is missing; null when it isn't, and when it couldn't be asked. */
  fault: unknown;
};

/** `lexical`: what full text found before; `vector` is null when the question couldn't be embedded. */
export type LegsQuery = {
  lexical: LexicalHit[];
  vector: number[] | null;
  collectionIds: string[];
  limit: number;
};

/**
 * Asks the dense leg, and whether what full text found meanwhile is still read. Where the tenant's database is the
 * vector store that is one trip; an external one is asked beside it, and the text of what it alone proposes takes a second
 * trip. A dense leg that fails leaves full text alone.
 */
export async function askDense(ctx: TenantContext, query: LegsQuery): Promise<Legs> {
  const { vector, collectionIds, limit } = query;
  if (!vector) return fullText(await readStill(ctx, query.lexical), null);
  const topK = Math.min(MAX_TOP_K, limit * PROPOSALS_PER_CANDIDATE);
  const { statement } = ctx.vectors;
  try {
    return statement
      ? await inOneTrip(ctx, query, statement({ vector, collectionIds, topK }))
      : await besideDatabase(ctx, query, ctx.vectors.query({ vector, collectionIds, topK }));
  } catch (error) {
    // The database answered, and refused: perhaps only what was asked about vectors. Where it doesn't, nothing is left.
    if (!isStoreFault(error) && !postgresCode(error)) throw error;
    return fullText(await readStill(ctx, query.lexical), error);
  }
}

async function inOneTrip(ctx: TenantContext, query: LegsQuery, nearest: StatementPart): Promise<Legs> {
  const known = query.lexical.map(({ id }) => id);
  const [found, current] = await ctx.db.transaction((q) => [
    q.execute<DenseHit>(selectNearest({ ...query, nearest, known })),
    q.execute<Current>(selectCurrent(query.lexical)),
  ]);
  const legs = fullText(stillRead(query.lexical, current.rows), null);
  for (const hit of found.rows) {
    if (hit.text === null) continue;
    const { score: _, ...candidate } = hit;
    legs.known.set(hit.id, candidate);
  }
  return withDense(legs, found.rows, query.limit);
}

async function besideDatabase(
  ctx: TenantContext,
  { lexical, collectionIds, limit }: LegsQuery,
  proposals: Promise<VectorHit[]>,
): Promise<Legs> {
  const [read, proposed] = await Promise.all([readStill(ctx, lexical), proposals]);
  const legs = fullText(read, null);
  const unknown = proposed.map(({ id }) => id).filter((id) => !legs.known.has(id));
  for (const candidate of await candidatesById(ctx.db, unknown, collectionIds)) {
    legs.known.set(candidate.id, candidate);
  }
  return withDense(legs, proposed, limit);
}

/** Of what full text found, what is read now. */
async function readStill({ db }: TenantContext, lexical: LexicalHit[]): Promise<LexicalHit[]> {
  return lexical.length > 0 ? stillRead(lexical, await db.rows<Current>(selectCurrent(lexical))) : [];
}

function fullText(found: LexicalHit[], fault: unknown): Legs {
  return {
    lexical: found,
    dense: [],
    known: new Map(found.map(({ score: _, ...candidate }) => [candidate.id, candidate])),
    mode: "full_text",
    fault,
  };
}

function withDense(legs: Legs, found: Scored[], limit: number): Legs {
  const dense = found.filter(({ id }) => legs.known.has(id)).slice(0, limit);
  return { ...legs, dense, mode: "hybrid" };
}

function isStoreFault(error: unknown): boolean {
  return error instanceof UpstreamError;
}
