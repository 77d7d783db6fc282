import type { Doubt } from "../chat/answer.ts";
import { sentences, type TextRange } from "./sentences.ts";
import { contentTerms, numbersIn } from "./terms.ts";

/**
 * Share of a sentence's content words that its quote must hold. Rewording keeps most nouns and names; of two
 * unrelated sentences about the same subject about a third is shared.
 */
const MIN_COVERAGE = 0.55;
/** Sentences of a passage that one quote may take together: a claim is often made in two steps. */
const MAX_WINDOW = 3;
/** What each further sentence of a quote has to add to be worth its length. */
const WINDOW_COST = 0.04;

/** The span of a passage nearest to a sentence; `range` is in UTF-16 offsets into the passage. */
export type Support = { range: TextRange; coverage: number; doubt: Doubt | null };

type Part = TextRange & { terms: Set<string>; numbers: Set<string> };

/**
 * Finds the shortest run of a passage's sentences that carries a sentence of an answer. Lexical and deterministic:
 * content words must be covered and every number must stand in the span. `bounds` are stretches that a quote
 * must not cross (a quote lies on one page). Null only when the passage holds no sentence at all.
 */
export function findSupport(sentence: string, passage: string, bounds: TextRange[]): Support | null {
  const wanted = contentTerms(sentence);
  const numbers = numbersIn(sentence);
  let best: { range: TextRange; coverage: number; rank: number; holdsNumbers: boolean } | null = null;
  for (const bound of bounds) {
    const parts = partsOf(passage, bound);
    for (let first = 0; first < parts.length; first++) {
      const found = new Set<string>();
      const foundNumbers = new Set<string>();
      for (let size = 1; size <= MAX_WINDOW; size++) {
        const part = parts[first + size - 1];
        if (!part) break;
        for (const term of part.terms) if (wanted.has(term)) found.add(term);
        for (const number of part.numbers) if (numbers.has(number)) foundNumbers.add(number);
        const coverage = wanted.size === 0 ? 0 : found.size / wanted.size;
        const holdsNumbers = foundNumbers.size === numbers.size;
        const rank = coverage - WINDOW_COST * (size - 1) + (holdsNumbers ? 0.3 : 0);
        if (!best || rank > best.rank) {
          best = {
            range: { start: parts[first]?.start ?? part.start, end: part.end },
            coverage,
            rank,
            holdsNumbers,
          };
        }
      }
    }
  }
  if (!best) return null;
  const { range, coverage, holdsNumbers } = best;
  const doubt = coverage < MIN_COVERAGE ? "not_in_source" : holdsNumbers ? null : "number_differs";
  return { range, coverage, doubt };
}

function partsOf(passage: string, bound: TextRange): Part[] {
  return sentences(passage.slice(bound.start, bound.end)).map(({ start, end }) => {
    const text = passage.slice(bound.start + start, bound.start + end);
    return {
      start: bound.start + start,
      end: bound.start + end,
      terms: contentTerms(text),
      numbers: numbersIn(text),
    };
  });
}
