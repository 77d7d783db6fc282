/**
 * Reciprocal rank fusion's constant (Cormack, Clarke & Büttcher 2009): how fast a lower rank stops to count. Their 60
 * lets a long tail of full-text hits outrank the first dense one; 10 was measured better (decision 006).
 */
const RRF_K = 10;

/** How much each leg counts. Full text is exact; the dense leg finds what is worded otherwise. */
const LEG_WEIGHTS = { lexical: 1, dense: 1 } as const;

export type Ranked = { id: string };
export type Fused = { id: string; score: number; lexical_rank: number | null; dense_rank: number | null };

/**
 * Fuses two rankings, each best first, into one. Scores lie between 0 and 1: 1 is first place in both legs.
 * Ties keep the lexical order.
 */
export function fuse(lexical: Ranked[], dense: Ranked[]): Fused[] {
  const found = new Map<string, Fused>();
  const entry = (id: string) => {
    const known = found.get(id) ?? { id, score: 0, lexical_rank: null, dense_rank: null };
    found.set(id, known);
    return known;
  };
  for (const [index, { id }] of lexical.entries()) entry(id).lexical_rank = index + 1;
  for (const [index, { id }] of dense.entries()) entry(id).dense_rank = index + 1;
  const best = (LEG_WEIGHTS.lexical + LEG_WEIGHTS.dense) / (RRF_K + 1);
  for (const hit of found.values()) {
    const sum = share(LEG_WEIGHTS.lexical, hit.lexical_rank) + share(LEG_WEIGHTS.dense, hit.dense_rank);
    hit.score = sum / best;
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

function share(weight: number, rank: number | null): number {
  return rank === null ? 0 : weight / (RRF_K + rank);
}
