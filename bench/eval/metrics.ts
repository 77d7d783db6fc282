/** A mean over questions, with the bounds of its 95 % bootstrap interval. */
export type Estimate = { mean: number; low: number; high: number; count: number };

const RESAMPLES = 1_000;

/** Share of questions whose first relevant hit stands among the first `k`; a rank counts from 1, null: none. */
export function recallAt(rank: number | null, k: number): number {
  return rank !== null && rank <= k ? 1 : 0;
}

/** nDCG@k with one relevant passage: 1 / log2(1 + rank) (Järvelin & Kekäläinen 2002). */
export function ndcgAt(rank: number | null, k: number): number {
  return rank !== null && rank <= k ? 1 / Math.log2(1 + rank) : 0;
}

export function reciprocalRank(rank: number | null): number {
  return rank === null ? 0 : 1 / rank;
}

/** The mean of one value a question, resampled with a fixed seed so that two runs print the same interval. */
export function estimate(values: number[]): Estimate {
  const count = values.length;
  if (count === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN, count };
  const random = mulberry32(count);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let draw = 0; draw < count; draw++) sum += values[Math.floor(random() * count)] ?? 0;
    return sum / count;
  }).sort((a, b) => a - b);
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / count,
    low: means[Math.floor(RESAMPLES * 0.025)] ?? 0,
    high: means[Math.floor(RESAMPLES * 0.975)] ?? 0,
    count,
  };
}

/** Tommy Ettinger's Mulberry32 (public domain): numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
