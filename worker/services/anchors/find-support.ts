import type { Doubt } from "../../db/schema/answer.ts";
import { sentences, type TextRange } from "./sentences.ts";
import { contentTerms, isNegated, numbersIn } from "./terms.ts";

/**
 * Share of a sentence's content words that its quote must hold. Rewording keeps most nouns and names; of two
 * unrelated sentences about the same subject about a third is shared.
 */
const MIN_COVERAGE = 0.55;
/** Sentences of a passage that one quote may take together: a claim is often made in two steps. */
const MAX_WINDOW = 3;
/** What each further sentence of a quote has to add to be worth its length. */
const WINDOW_COST = 0.04;

/** How much less a span may cover and still be preferred, when it raises no doubt and the other does. */
const DOUBTLESS_BONUS = 0.3;

/** The span of a passage nearest to a sentence; `range` is in UTF-16 offsets into the passage. */
export type Support = { range: TextRange; coverage: number; doubt: Doubt | null };

type Part = TextRange & { terms: Set<string>; numbers: Set<string>; negated: boolean };

/**
 * Finds the shortest run of a passage's sentences that carries a sentence of an answer. Lexical and deterministic:
 * content words must be covered, every number must stand in the span, and both must deny or neither. `bounds` are stretches that a quote
 * must not cross (a quote lies on one page). Null only when the passage holds no sentence at all.
 */
export function findSupport(sentence: string, passage: string, bounds: TextRange[]): Support | null {
  const wanted = contentTerms(sentence);
  const numbers = numbersIn(sentence);
  const negated = isNegated(sentence);
  let best: (Support & { rank: number }) | null = null;
  for (const bound of bounds) {
    const parts = partsOf(passage, bound);
    for (let first = 0; first < parts.length; first++) {
      const found = new Set<string>();
      const foundNumbers = new Set<string>();
      let denies = false;
      for (let size = 1; size <= MAX_WINDOW; size++) {
        const part = parts[first + size - 1];
        if (!part) break;
        for (const term of part.terms) if (wanted.has(term)) found.add(term);
        for (const number of part.numbers) if (numbers.has(number)) foundNumbers.add(number);
        denies ||= part.negated;
        const coverage = wanted.size === 0 ? 0 : found.size / wanted.size;
        const doubt = doubtOf(coverage, foundNumbers.size === numbers.size, denies === negated);
        const rank = coverage - WINDOW_COST * (size - 1) + (doubt === null ? DOUBTLESS_BONUS : 0);
        if (!best || rank > best.rank) {
          const range = { start: parts[first]?.start ?? part.start, end: part.end };
          best = { range, coverage, doubt, rank };
        }
      }
    }
  }
  return best;
}

function doubtOf(coverage: number, holdsNumbers: boolean, samePolarity: boolean): Doubt | null {
  if (coverage < MIN_COVERAGE) return "not_in_source";
  if (!holdsNumbers) return "number_differs";
  return samePolarity ? null : "negation_differs";
}

function partsOf(passage: string, bound: TextRange): Part[] {
  return sentences(passage.slice(bound.start, bound.end)).map(({ start, end }) => {
    const text = passage.slice(bound.start + start, bound.start + end);
    return {
      start: bound.start + start,
      end: bound.start + end,
      terms: contentTerms(text),
      numbers: numbersIn(text),
      negated: isNegated(text),
    };
  });
}
