/** Vectors drawn from a mixture of Gaussians, the same in every run. */
export type Mixture = {
  /** One near a centre chosen among the first `centres`, all of them by default. */
  draw(centres?: number): number[];
  centres: number[][];
};

/**
 * Centres are standard normal in every dimension; a vector is a centre plus `spread` times standard normal noise in
 * every dimension. That is harder for an index than embeddings of texts are, whose neighbourhoods have fewer dimensions
 * than their vectors: here the neighbours of a point are almost equally far from it.
 */
export function createMixture(options: {
  dimensions: number;
  centres: number;
  spread: number;
  seed: number;
}): Mixture {
  const random = seeded(options.seed);
  // Box and Muller's.
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: options.centres }, () =>
    Array.from({ length: options.dimensions }, gauss),
  );
  return {
    centres,
    draw(among = options.centres) {
      const centre = centres[Math.floor(random() * among)] ?? [];
      return centre.map((value) => Number((value + options.spread * gauss()).toFixed(4)));
    },
  };
}

/** The `top` nearest by cosine similarity, best first, by comparing all in double precision. */
export function bruteForce(
  vectors: Iterable<[id: string, vector: number[]]>,
  question: number[],
  top: number,
): Array<{ id: string; score: number }> {
  return [...vectors]
    .map(([id, vector]) => ({ id, score: cosine(vector, question) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, top);
}

function cosine(a: number[], b: number[]): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x = 0, y = 0] = [a[i], b[i]];
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return dot / Math.sqrt(squareA * squareB);
}

/** Numbers from 0 up to 1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
