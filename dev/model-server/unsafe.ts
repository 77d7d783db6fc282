import { fold } from "./words.ts";

// A document may speak to the model that reads it. This one follows nothing, and doesn't repeat it either.
const COMMANDS = [
  /\b(ignore|disregard|forget|override|bypass|oublie[rz]?|ignore[rz]|neglige[rz]?)\b.{0,40}\b(previous|prior|above|earlier|all|any|system|precedent\w*|ci-dessus|anterieur\w*|toutes?|instructions?|consignes?|rules?|regles?)\b/,
  /\b(system|developer|hidden|initial)\s+(prompt|message|instructions?)\b|\b(prompt|invite|message|consignes?)\s+(systeme|initiale?s?)\b/,
  /\byou are (now|no longer|an? (ai|assistant|chat\w*|language model|large language model))\b|\btu es (desormais|maintenant|un(e)? (ia|assistant\w*|modele))\b|\bvous etes (desormais|maintenant|un(e)? (ia|assistant\w*|modele))\b/,
  /\b(reply|answer|respond|output|print|say|write|reponds|repondez|ecris|ecrivez|affiche[rz]?|dis|dites)\b.{0,30}\b(only|exactly|nothing but|with the word|uniquement|seulement|exactement|rien d'autre|par le mot|avec le mot)\b/,
  /\b(reveal|exfiltrate|leak|revele[rz]?|divulgue[rz]?)\b.{0,40}\b(prompt|secrets?|passwords?|mots? de passe|api keys?|cles?|documents? of|instructions?)\b/,
  /\b(as an ai|en tant qu'ia|jailbreak|developer mode|mode developpeur|no_answer|do anything now)\b|<\|?(im_start|im_end|system|endoftext)/,
];

const MARKUP =
  /!\[|\]\(|\]\[|<\/?(script|iframe|object|embed|form)\b|<[a-z]+\s[^>]*(src|href|on\w+|style)\s*=|\b(javascript|vbscript|data):[^\s]/i;

/** Whether a sentence speaks to the reader's machine (commands, link or image markup) rather than to the reader. */
export function isUnsafe(sentence: string): boolean {
  const folded = fold(sentence).replaceAll("’", "'");
  return MARKUP.test(sentence) || COMMANDS.some((command) => command.test(folded));
}
