import type { Lexeme } from "./lexemes.ts";
import { isOpener } from "./terms.ts";

/**
 * How surely a word is a proper name: by its capital inside a sentence, or by one where every word has it. `generic` is
 * a capitalised word that names a kind of thing, or is seldom a name.
 */
export type NameKind = "certain" | "possible" | "generic";

/** Capitalised words that name a kind of thing, not a thing; titles of persons. Folded. */
const GENERIC = new Set(
  `saint sainte m mm mme mlle me dr pr st ste mr mrs ms jr sr sir lord lady monsieur madame mademoiselle docteur professeur president
  presidente ministre roi reine prince princesse king queen prince princess professor doctor minister article articles
  chapitre chapter section annexe appendix figure table tableau page pages partie part titre title loi law act code
  document guide note question reponse answer source i ii iii iv v vi vii viii ix x etat etats state states eglise
  church dieu god internet web`.split(/\s+/),
);

/** Where a sentence, a cell or a list item begins: a capital says nothing there. */
const OPENING = /[.!?:|\n•·*#>]|(?:^|\s)[-–—]\s|[«“"]\s*$/;

/** What turns a place into its people or tongue, and a name into its plural or possessive, folded. */
const DERIVED =
  /^(?:s|n|an|ian|ans|ians|ish|ese|i|is|en|ens|enne|ennes|ais|aise|aises|ois|oise|oises|y|ique|iques|ic|ist|iste|istes|aux|ale|ales)$/;
/** The feminine of a people, but not of a given name: "Jeanne" isn't "Jean". */
const FEMININE = /^(?:e|es|ne|nes)$/;
const PEOPLE = /(?:ais|ois|ain|and|[ei]en|ol)$/;

/** How surely the lexeme at an index is a name; null when it is none. */
export function nameKind(all: Lexeme[], at: number): NameKind | null {
  const lexeme = all[at];
  if (lexeme?.kind !== "word" || !isCapitalised(lexeme)) return null;
  const isInside = at > 0 && !OPENING.test(lexeme.gap);
  if (GENERIC.has(lexeme.word) || isOpener(lexeme.word)) return isInside ? "generic" : null;
  if (isInside) return "certain";
  const next = all[at + 1];
  const followed = next && /^[\s-]+$/.test(next.gap) && isCapitalised(next) && !isOpener(next.word);
  return followed || isAcronym(lexeme.raw) ? "certain" : "possible";
}

/** Whether two folded names are the same, or one is made of the other ("German", "Germany"). */
export function sameName(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 4 || !long.startsWith(short)) return false;
  const suffix = long.slice(short.length);
  return DERIVED.test(suffix) || (FEMININE.test(suffix) && PEOPLE.test(short));
}

/** Whether a word is written in capitals alone, as initials are. */
export function isAcronym(raw: string): boolean {
  return /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(raw);
}

function isCapitalised({ raw }: Lexeme): boolean {
  return /^\p{Lu}[\p{L}\p{M}\p{N}]+$/u.test(raw) || /^\p{Ll}\p{Lu}/u.test(raw);
}

/** A verb that a subject without an article stands before: what precedes it at a sentence's start is a name. */
const FRENCH_VERB =
  /^(?:est|a|fut|etait|sera|avait|aura|peut|doit|se|devient|naquit|meurt|possede|compte|abrite)$/;
const ENGLISH_VERB = /^(?:is|was|has|had|became|did|does|won|wrote|said|joined|founded)$/;

/** Words in these forms open sentences too: adverbs, participles, infinitives and, in English, plurals. */
const FRENCH_FORM = /(?:ment|ant|ee?s?|er|ir|re|i|is|u|us|ons|ez)$/;
const ENGLISH_FORM = /(?:ly|ing|ed|s|tion|ment|ness|ity|ance|ence|ism)$/;

/** Whether the first word of a sentence is a name by what follows it ("Lyon est …"). */
export function opensAsName(word: string, next: string, language: "fr" | "en"): boolean {
  if (language === "fr") return FRENCH_VERB.test(next) && !FRENCH_FORM.test(word);
  return ENGLISH_VERB.test(next) && !ENGLISH_FORM.test(word);
}
