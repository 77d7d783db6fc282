import { contentTerms, termFinder } from "../anchors/terms.ts";

/** What coverage reads of a candidate. */
type Readable = { id: string; heading_path: string[]; text: string };

/**
 * How much of a question each candidate holds, 0 to 1: the question's content words found in its text and headings,
 * weighed by their rarity among the candidates (Robertson & Spärck Jones 1976). Neither leg tells it: BM25 lets one
 * word that comes back make up for one that is missing, and the dense leg knows no words.
 */
export function questionCoverage(question: string, candidates: Readable[]): Map<string, number> {
  const wanted = [...contentTerms(question)];
  const findIn = termFinder(new Set(wanted));
  const held = candidates.map(({ id, heading_path, text }) => ({
    id,
    terms: [...findIn([...heading_path, text].join("\n"))],
  }));
  const counts = new Map<string, number>();
  for (const { terms } of held) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const rarity = (term: string) => Math.log(1 + (candidates.length + 1) / ((counts.get(term) ?? 0) + 0.5));
  const total = wanted.reduce((sum, term) => sum + rarity(term), 0) || 1;
  return new Map(
    held.map(({ id, terms }) => [id, terms.reduce((sum, term) => sum + rarity(term), 0) / total]),
  );
}
