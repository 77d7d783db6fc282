import { familiesIn } from "./glossary.ts";
import type { Term } from "./question.ts";
import { isStopWord, stem, wordsOf } from "./words.ts";

/** What a text offers to match: the stems of its content words, and the glossary's families of these. */
export type Content = { stems: Set<string>; families: Set<number>; pairs: Set<string> };

/** A match by a common beginning: `conduire` and `conducteur`, `protection` and `protéger`. */
const PREFIX = 5;
const PREFIX_SHARE = 0.6;
const PREFIX_MATCH = 0.65;
/** A synonym, and a translation where the text is in another language than the question. */
const SYNONYM_MATCH = 0.75;
const TRANSLATION_MATCH = 0.95;

/** Reads what can be matched in a text. */
export function contentOf(text: string): Content {
  const stems = wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
  const pairs = new Set(stems.slice(1).map((current, i) => `${stems[i]} ${current}`));
  return { stems: new Set(stems), families: familiesIn(stems), pairs };
}

/** How well a term is found in a text, 0 to 1. */
export function matchTerm(term: Term, { stems, families }: Content, isForeign: boolean): number {
  if (stems.has(term.stem)) return 1;
  if (/\d/.test(term.stem)) return 0;
  const byFamily = term.families.some((family) => families.has(family))
    ? isForeign
      ? TRANSLATION_MATCH
      : SYNONYM_MATCH
    : 0;
  return byFamily >= PREFIX_MATCH ? byFamily : Math.max(byFamily, prefixMatch(term.stem, stems));
}

function prefixMatch(stemmed: string, words: Set<string>): number {
  for (const word of words) {
    const shared = commonPrefix(stemmed, word);
    const least = PREFIX_SHARE * Math.max(stemmed.length, word.length);
    if (shared >= PREFIX && shared >= least) return PREFIX_MATCH;
  }
  return 0;
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
