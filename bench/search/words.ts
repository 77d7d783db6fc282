import { seeded } from "../vectors/synthetic.ts";

const VOCABULARY = 20_000;
/**
 * Zipf's law as Mandelbrot bent it, stop words left out: the commonest word stands in about half of the chunks, as the
 * subject of a library does, most words in one of hundreds.
 */
const BEND = 20;
const SYLLABLES = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"];

export type Words = {
  /** One word, common ones more often. */
  draw(): string;
  /** The word of a rank, 0 being the commonest. */
  at(rank: number): string;
};

/** A made-up language, the same in every run. */
export function createWords(seed: number): Words {
  const random = seeded(seed);
  const span = Math.log((VOCABULARY + BEND) / BEND);
  return {
    // The inverse of the distribution's integral.
    draw: () => wordOf(Math.min(VOCABULARY - 1, Math.floor(BEND * (Math.exp(random() * span) - 1)))),
    at: wordOf,
  };
}

/** Four syllables that spell the rank; "x" ends it, so that no stemmer takes anything off. */
function wordOf(rank: number): string {
  let rest = rank;
  let word = "";
  for (let at = 0; at < 4; at++) {
    word += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return `${word}x`;
}
