import { fold, isStopWord, stem, wordsOf } from "./words.ts";

/** What stands between a term and its definition, or before the term. */
const AFTER_TERM =
  /\s*(?::|=|–|—|\bdesignent?\b|\bsignifient?\b|\bcorrespond(?:ent)? a\b|\bs'entend(?:ent)?\b|\bconsistent? (?:a|en)\b|\best\b|\bsont\b|\bis\b|\bare\b|\bmeans?\b|\brefers? to\b|\bstands? for\b|\bdenotes?\b|\()/;
const BEFORE_TERM =
  /\b(?:on (?:entend|designe) par|on appelle|par definition|est appelee?|sont appelee?s|dite?s?|nommee?s?|is called|are called|known as|called|defined as|the term)\b/;

/** Words beside the term in what comes before the definition: `Le lien d'évitement interne :`. */
const MORE_WORDS = 1;
/** The share of the term's words that must be there. */
const ENOUGH = 0.75;

/**
 * Whether a sentence defines a term: `X : …`, `X désigne…`, `X is…`, `on appelle X…`, or what follows the heading X.
 *
 * @param term stems
 * @param heading the line right before the sentence, when it is a heading
 */
export function defines(text: string, term: Set<string>, heading: string | null): boolean {
  if (term.size === 0) return false;
  const folded = fold(text).replaceAll("’", "'");
  if (heading !== null && isAbout(heading, term)) return true;
  const head = folded.slice(0, AFTER_TERM.exec(folded)?.index ?? 0);
  if (isAbout(head, term)) return true;
  const named = BEFORE_TERM.exec(folded);
  if (!named) return false;
  const after = folded.slice(named.index + named[0].length).split(/[,.;:(]/)[0] ?? "";
  return shareOf(term, after) >= ENOUGH;
}

/** Whether a text names the term and hardly anything else. */
function isAbout(text: string, term: Set<string>): boolean {
  const size = contentStems(text).length;
  return size > 0 && size <= term.size + MORE_WORDS && shareOf(term, text) >= ENOUGH;
}

function shareOf(term: Set<string>, text: string): number {
  const stems = new Set(contentStems(text));
  return [...term].filter((word) => stems.has(word)).length / term.size;
}

function contentStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStopWord(word))
    .map(stem);
}
