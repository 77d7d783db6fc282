/**
 * Reciprocal rank fusion's constant (Cormack, Clarke & Büttcher 2009): how fast a lower rank stops to count. Their 60
 * lets a long tail of full-text hits outrank the first dense one; 10 was measured better (decision 017).
 */
const RRF_K = 10;

/**
 * How much each leg counts for a chunk (decision 017). In the question's own language full text is exact, and leads.
 * In another one it meets names and figures alone, by chance as often as not: there the dense leg leads.
 */
export const LEG_WEIGHTS = {
  same: { lexical: 1, dense: 0.7 },
  other: { lexical: 0.3, dense: 1.4 },
} as const;

/** What holding the whole question is worth, beside first place in the full-text leg. */
const COVERAGE_WEIGHT = 0.65;

/** Both legs' weights for one chunk. */
export type LegWeights = { lexical: number; dense: number };

export type Ranked = { id: string };

/** What is known of a hit besides its ranks: its legs' weights, and how much of the question it holds, 0 to 1. */
export type Standing = { weights: LegWeights; coverage: number };
/** Of a hit that nothing is known of. */
const UNKNOWN: Standing = { weights: LEG_WEIGHTS.same, coverage: 0 };

export type Fused = { id: string; score: number; lexical_rank: number | null; dense_rank: number | null };

/**
 * Fuses two rankings, each best first, into one, best first: each hit sums `weight / (10 + rank)` over the legs that
 * found it, and its share of the question. Scores lie between 0 and 1: 1 is first place in both legs with the whole
 * question. Ties keep the lexical order.
 */
export function fuse(
  lexical: Ranked[],
  dense: Ranked[],
  standingOf: (id: string) => Standing | undefined,
): Fused[] {
  const found = new Map<string, Fused>();
  const entry = (id: string) => {
    const known = found.get(id) ?? { id, score: 0, lexical_rank: null, dense_rank: null };
    found.set(id, known);
    return known;
  };
  for (const [index, { id }] of lexical.entries()) entry(id).lexical_rank = index + 1;
  for (const [index, { id }] of dense.entries()) entry(id).dense_rank = index + 1;
  const best = LEG_WEIGHTS.same.lexical + LEG_WEIGHTS.same.dense + COVERAGE_WEIGHT;
  for (const hit of found.values()) {
    const { weights, coverage } = standingOf(hit.id) ?? UNKNOWN;
    const sum =
      place(weights.lexical, hit.lexical_rank) +
      place(weights.dense, hit.dense_rank) +
      COVERAGE_WEIGHT * coverage;
    hit.score = sum / best;
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

/** The weight whole for the first place, less for each further one. */
function place(weight: number, rank: number | null): number {
  return rank === null ? 0 : (weight * (RRF_K + 1)) / (RRF_K + rank);
}
