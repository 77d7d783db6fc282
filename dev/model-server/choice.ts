import type { Features, Scored } from "./scoring.ts";
import { isStopWord, stem, wordsOf } from "./words.ts";

/**
 * Logistic regression over the best sentence: questions with the passages that answer them (1,400 of PIAF and XQuAD)
 * against the same questions with passages of every other document. ../README.md has the figures.
 */
const CONFIDENCE_WEIGHTS = { bias: -3.4, own: 1, context: 3.6, passage: 6, missing: -3.5 };
/** Below this the passages are taken not to answer. */
const MIN_CONFIDENCE = 0.5;

const MAX_SENTENCES = 3;
/** A further sentence must score this share of the best one. */
const NEARLY_AS_GOOD = 0.74;
/** Sentences that share more of their words say the same thing twice. */
const SAME = 0.7;

/** How sure it is, 0 to 1, that a sentence with these features answers. */
function confidence(features: Features): number {
  const w = CONFIDENCE_WEIGHTS;
  const sum =
    w.bias +
    w.own * features.own +
    w.context * features.context +
    w.passage * features.passage +
    w.missing * features.missing;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * The sentences to quote, in reading order: passages by their best sentence, sentences as they stand in the
 * passage. None when the best isn't likely to answer.
 *
 * @param ranked best first
 */
export function chooseSentences(ranked: Scored[]): Scored[] {
  const best = ranked[0];
  if (!best || confidence(best.features) < MIN_CONFIDENCE) return [];
  const chosen: Scored[] = [best];
  for (const candidate of ranked.slice(1)) {
    if (chosen.length === MAX_SENTENCES || candidate.score < NEARLY_AS_GOOD * best.score) break;
    if (candidate.sentence.isHeading) continue;
    if (!chosen.some((other) => isSame(other.sentence.text, candidate.sentence.text))) chosen.push(candidate);
  }
  const order = [...new Set(chosen.map(({ sentence }) => sentence.passage))];
  return chosen.sort(
    (a, b) =>
      order.indexOf(a.sentence.passage) - order.indexOf(b.sentence.passage) ||
      a.sentence.position - b.sentence.position,
  );
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [contentOf(a), contentOf(b)];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared >= SAME * Math.min(left.size, right.size);
}

function contentOf(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !isStopWord(word))
      .map(stem),
  );
}
