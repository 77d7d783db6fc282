import type { Lexeme } from "./lexemes.ts";

/** One denial: the indexes of the lexemes that make it ("ne … pas" is one of two), in order. */
export type Denial = { at: number[] };

/** French words that deny beside "ne" alone: without it they say something else ("plus", "personne"). */
const WITH_NE = /^(?:pas|plus|jamais|rien|aucune?s?|nulle?s?|guere|personne|point|ni|nullement|aucunement)$/;
/** Those that stand before "ne": "aucun recours n'est ouvert". */
const BEFORE_NE = /^(?:aucune?s?|nulle?s?|personne|rien|ni|jamais|pas)$/;
/** Words that deny by themselves. */
const ALONE = new Set(
  `pas jamais rien aucun aucune aucuns aucunes nul nulle nuls nulles nullement aucunement sans non not never no none
  nobody nothing nowhere neither without cannot`.split(/\s+/),
);
/** Words that go on denying what another denies. */
const CHAINED = new Set(["ni", "nor"]);
/** Verbs that "ne" alone denies. */
const DENIED_BY_NE = /^(?:peu[txv]\w*|pourr\w+|pouva\w+|puiss\w+|saurai\w+|saura|oser?\w*|cess\w+)$/;
const PRONOUN = /^(?:l|le|la|les|se|s|y|en|lui|leur|me|m|te|t|nous|vous)$/;
/** Verbs that "n't" is joined to, as they are spelled before its apostrophe. */
const CONTRACTED =
  /^(?:is|are|was|were|do|does|did|has|have|had|wo|would|could|should|must|need|sha|ai|might|ca)n$/;

const SENTENCE_END = /[.;!?\n]/;
const CLAUSE_END = /[.;:!?\n,(]/;
/** Lexemes between "ne" and the word that completes it: pronouns, a verb, an adverb. */
const REACH = 7;

/** Words whose meaning holds a denial: the other way to say "not allowed", accents folded. */
const DENYING =
  /^(?:interdi\w*|defen(?:d|s|du\w*)|impossib\w*|inval\w*|refus\w*|exclu\w*|prohib\w*|forbid\w*|bann?ed|unable|impossible|unlike\w*|fail\w*|lack\w*|absen\w*|manqu\w*|sauf|except\w*|unless|moins|excep\w*|deny|denie[sd]|prevent\w*|empech\w*|evit\w*|avoid\w*|refuse\w*|depourvu\w*|hors|contrair\w*|faux|fausse|false|ill?egal\w*|inter?dit\w*|in\w{5,}|im\w{6,}|un\w{5,}|dis\w{5,}|non)$/;

/** Whether a folded word may deny; "plus", "personne" and "point" only do beside "ne". */
export function isNegationWord(word: string): boolean {
  return ALONE.has(word) || CHAINED.has(word) || word === "ne";
}

/** Whether a folded word denies by its own meaning ("forbidden", "impossible"). */
export function deniesByMeaning(word: string): boolean {
  return DENYING.test(word);
}

/** The denials of a text, and every lexeme that belongs to one or to a "ne" that denies nothing. */
export function readDenials(all: Lexeme[]): { denials: Denial[]; markers: Set<number> } {
  const denials: Denial[] = [];
  const markers = new Set<number>();
  const take = (at: number[]): void => {
    for (const index of at) markers.add(index);
    denials.push({ at });
  };
  for (const [index, lexeme] of all.entries()) {
    if (!isNe(all, index)) continue;
    const parts = denialOfNe(all, index, markers);
    markers.add(index);
    if (parts) take(parts);
    else if (DENIED_BY_NE.test(verbAfter(all, index)) && lexeme) take([index]);
  }
  for (const [index, lexeme] of all.entries()) {
    if (lexeme.kind !== "word" || markers.has(index)) continue;
    if (isContraction(all, index)) take(lexeme.word === "can" ? [index + 1] : [index, index + 1]);
    else if (CHAINED.has(lexeme.word)) {
      markers.add(index);
      const before = denials.findLast(
        ({ at }) => (at[0] ?? 0) < index && sameSentence(all, at[0] ?? 0, index),
      );
      if (before) before.at.push(index);
      else denials.push({ at: [index] });
    } else if (ALONE.has(lexeme.word) && denies(all, index)) take([index]);
  }
  return { denials: denials.toSorted((a, b) => (a.at[0] ?? 0) - (b.at[0] ?? 0)), markers };
}

function isNe(all: Lexeme[], at: number): boolean {
  const word = all[at]?.word;
  return word === "ne" || (word === "n" && /^['’]$/.test(all[at + 1]?.gap ?? ""));
}

/** "ne" with the words that complete it, after or before; null when it denies nothing ("ne … que"). */
function denialOfNe(all: Lexeme[], at: number, taken: Set<number>): number[] | null {
  const parts = [at];
  for (let index = at + 1; index <= at + REACH && index < all.length; index++) {
    const lexeme = all[index];
    if (!lexeme || CLAUSE_END.test(lexeme.gap) || isNe(all, index)) break;
    if (WITH_NE.test(lexeme.word)) parts.push(index);
    else if (parts.length > 1 && index > (parts.at(-1) ?? 0) + 2) break;
  }
  for (let index = at - 1; index >= at - REACH - 2 && index >= 0; index--) {
    const lexeme = all[index];
    if (!lexeme || CLAUSE_END.test(all[index + 1]?.gap ?? "")) break;
    if (BEFORE_NE.test(lexeme.word) && !taken.has(index)) {
      parts.unshift(index);
      break;
    }
  }
  return parts.length > 1 ? parts : null;
}

function verbAfter(all: Lexeme[], at: number): string {
  let index = at + 1;
  while (PRONOUN.test(all[index]?.word ?? "")) index++;
  const restricted = all.slice(index, index + REACH).some(({ word }) => word === "que" || word === "qu");
  return restricted ? "" : (all[index]?.word ?? "");
}

function isContraction(all: Lexeme[], at: number): boolean {
  const next = all[at + 1];
  if (next?.word !== "t" || !/^['’]$/.test(next.gap)) return false;
  return CONTRACTED.test(all[at]?.word ?? "") || all[at]?.word === "can";
}

/** Whether a word that can deny does so here. */
function denies(all: Lexeme[], at: number): boolean {
  const { word } = all[at] ?? { word: "" };
  const before = all[at - 1]?.word ?? "";
  const after = all[at + 1];
  const next = after?.word ?? "";
  if (word === "no") return after?.kind !== "number";
  if (word === "not") return !/^(?:only|just|merely|simply)$/.test(next);
  if (word === "pas")
    return !/^(?:un|le|les|des|ses|a|premiers?|grands?|seulement)$/.test(before) && next !== "seulement";
  if (word === "non") return next !== "seulement" && next !== "plus";
  if (word === "sans") return next !== "doute" && next !== "cesse";
  if (word === "jamais") return before !== "que" && before !== "a";
  if (word === "nothing") return next !== "but";
  return true;
}

function sameSentence(all: Lexeme[], from: number, to: number): boolean {
  return !all.slice(from + 1, to + 1).some(({ gap }) => SENTENCE_END.test(gap));
}
