import { contentTerms, termFinder } from "../anchors/terms.ts";

/** What coverage reads of a candidate. */
type Readable = { id: string; heading_path: string[]; text: string };

/**
 * How much of a question each candidate holds, 0 to 1: the question's content words found in its text and headings,
 * weighed by their rarity among the candidates (Robertson & Spärck Jones 1976). Neither leg tells it: BM25 lets one
 * word that comes back make up for one that is missing, and the dense leg knows no words. What was read before isn't
 * read again.
 */
export function createCoverage(question: string) {
  const wanted = [...contentTerms(question)];
  const findIn = termFinder(new Set(wanted));
  const held = new Map<string, string[]>();

  function termsOf({ id, heading_path, text }: Readable): string[] {
    const terms = held.get(id) ?? [...findIn([...heading_path, text].join("\n"))];
    held.set(id, terms);
    return terms;
  }

  return {
    read(candidates: Readable[]): void {
      for (const candidate of candidates) termsOf(candidate);
    },

    among(candidates: Readable[]): Map<string, number> {
      const counts = new Map<string, number>();
      for (const term of candidates.flatMap(termsOf)) counts.set(term, (counts.get(term) ?? 0) + 1);
      const rarity = (term: string) =>
        Math.log(1 + (candidates.length + 1) / ((counts.get(term) ?? 0) + 0.5));
      const sum = (terms: string[]) => terms.reduce((total, term) => total + rarity(term), 0);
      const whole = sum(wanted) || 1;
      return new Map(candidates.map((candidate) => [candidate.id, sum(termsOf(candidate)) / whole]));
    },
  };
}
