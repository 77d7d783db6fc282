import type { AnswerKind } from "./question.ts";
import type { Features, Scored } from "./scoring.ts";
import { contentOf } from "./term-match.ts";

/**
 * Logistic regression over the best sentence: questions with the passages that answer them against the same questions
 * with passages of every other document. ../README.md has the figures.
 */
const CONFIDENCE_WEIGHTS = { bias: -3.08, context: 2.4, passage: 5.2, unnamed: -4.7, phrase: 3.2 };
/** Below this the passages are taken not to answer: above a half, since a wrong answer is worse than none. */
const MIN_CONFIDENCE = 0.6;

const MEASURED = new Set<AnswerKind>(["number", "age", "duration", "times", "money", "share", "date"]);

const MAX_SENTENCES = 2;
/** A further sentence must come this near to the best one. */
const NEARLY_AS_GOOD = 0.25;
/** Sentences that share more of their words say the same thing twice. */
const SAME = 0.7;

/** How sure it is, 0 to 1, that a sentence with these features answers. */
function confidence(features: Features): number {
  const w = CONFIDENCE_WEIGHTS;
  const sum =
    w.bias +
    w.context * features.context +
    w.passage * features.passage +
    w.unnamed * features.unnamed +
    w.phrase * features.phrase;
  return 1 / (1 + Math.exp(-sum));
}

/**
 * The sentences to quote, in reading order: passages by their best sentence, sentences as they stand in the
 * passage. None when the best isn't likely to answer.
 *
 * @param ranked best first
 */
export function chooseSentences(ranked: Scored[], kind: AnswerKind): Scored[] {
  const best = ranked[0];
  if (!best || confidence(best.features) < MIN_CONFIDENCE) return [];
  const close = ranked.filter(({ score }) => score >= best.score - NEARLY_AS_GOOD);
  // Asked for a figure, a sentence without one is no answer beside one that has it.
  const fullest = MEASURED.has(kind) ? Math.max(...close.map(({ features }) => features.kind)) : 0;
  const able = close.filter(({ features }) => features.kind >= fullest);
  const chosen: Scored[] = able.slice(0, 1);
  for (const candidate of able.slice(1)) {
    if (chosen.length === MAX_SENTENCES) break;
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
  const [left, right] = [contentOf(a).stems, contentOf(b).stems];
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared >= SAME * Math.min(left.size, right.size);
}
