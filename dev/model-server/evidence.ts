import { languageOf } from "./language.ts";
import type { Passage } from "./prompt.ts";
import type { Question, Term } from "./question.ts";
import { type Content, contentOf, matchTerm } from "./term-match.ts";

/** Where one term of the question is found in one passage, each 0 to 1. */
export type Row = {
  /** By sentence of the passage */
  found: number[];
  inLabel: number;
  anywhere: number;
  weight: number;
  /** A name or a figure, for which neither a synonym nor a translation stands */
  isName: boolean;
};

/** What a passage has of the question. */
export type Evidence = {
  /** The share, 0 to 1, of the question's weight that a value per term makes up */
  share(value: (row: Row) => number): number;
  /** The share of the heaviest term that is nowhere in the passage */
  missing: number;
};

/** A common word that the glossary doesn't know can't be found in another language: lacking it tells less. */
const UNKNOWABLE = 0.4;

/**
 * Looks for the question's terms in a passage. What a term weighs depends on the passage's language too.
 *
 * @param rarities of the terms, in their order
 * @param contents of the passage's sentences
 */
export function gatherEvidence(
  question: Question,
  rarities: number[],
  passage: Passage,
  contents: Content[],
): Evidence {
  const label = contentOf(passage.label);
  const isForeign = languageOf(passage.text) !== question.language;
  const rows = question.terms.map((term, t): Row => {
    const found = contents.map((content) => matchTerm(term, content, isForeign));
    const inLabel = matchTerm(term, label, isForeign);
    const anywhere = Math.max(inLabel, ...found);
    const isName = term.weight > 1;
    const isKnowable = !isForeign || anywhere > 0 || term.families.length > 0 || isName;
    const weight = term.weight * (rarities[t] ?? 1) * (isKnowable ? 1 : UNKNOWABLE);
    return { found, inLabel, anywhere, weight, isName };
  });
  const total = rows.reduce((sum, row) => sum + row.weight, 0) || 1;
  const lacking = rows.map((row) => (row.anywhere === 0 ? row.weight : 0));
  return {
    share: (value) => rows.reduce((sum, row) => sum + row.weight * value(row), 0) / total,
    missing: Math.max(0, ...lacking) / total,
  };
}

/** The rarer among the sentences at hand, the more a term tells; one that none has counts like the rarest. */
export function rarityOf(term: Term, contents: Content[]): number {
  const frequency = contents.filter((content) => matchTerm(term, content, true) >= PLAINLY).length;
  return Math.log(1 + (contents.length + 0.5) / (Math.max(frequency, 1) + 0.5));
}

/** The word itself or its translation, not a look-alike. */
const PLAINLY = 0.8;
