import { type Alignment, blockOf } from "./align.ts";
import { opensAsName, sameName } from "./names.ts";
import type { Context } from "./prepare-passage.ts";
import { languageOf } from "./prepare-passage.ts";
import type { Reading, Token } from "./reading.ts";
import { isOpener } from "./terms.ts";

/** How names of a claim stand to a span: `swapped`, one stands where the span has another; `foreign`, nowhere. */
export type NameDoubt = "swapped" | "foreign" | null;

/** Words between two aligned ones within which one name can be taken to stand for another. */
const MAX_BLOCK = 6;
/** Content words that the initials of a name may run over. */
const MAX_INITIALS = 7;

/** Compares the proper names of a claim with those of the span that it is aligned with. */
export function compareNames(
  claim: Reading,
  span: Reading,
  alignment: Alignment,
  context: Context,
): NameDoubt {
  const language = languageOf(claim.tokens) ?? context.language;
  // Names are translated too ("Londres"), and in other languages every noun may have a capital.
  if (language === null || (context.language !== null && context.language !== language)) return null;
  for (const [index, token] of claim.tokens.entries()) {
    if (!token.name || alignment.inOrder[index] !== -1) continue;
    if (standsForAnother(claim, span, alignment, index, context, language)) return "swapped";
    if (alignment.toSpan[index] === -1 && isForeign(claim, index, span, context, language)) return "foreign";
  }
  return null;
}

/** Whether the place where a name stands holds another name in the span, one that the claim hasn't. */
function standsForAnother(
  claim: Reading,
  span: Reading,
  { inOrder, toClaim }: Alignment,
  index: number,
  context: Context,
  language: "fr" | "en",
): boolean {
  const token = claim.tokens[index];
  if (!token) return false;
  const { size, from, to } = blockOf(claim, span, inOrder, index);
  if (size > MAX_BLOCK || to - from > size + 3) return false;
  for (let at = from; at < to; at++) {
    const other = span.tokens[at];
    if (!other || toClaim[at] !== -1 || !isNameIn(other, context, token, language)) continue;
    if (sameName(other.word, token.word)) return false;
    // A name that the claim has too isn't replaced, unless that one stands for another of the span's.
    if (!claim.tokens.some(({ word }, each) => inOrder[each] === -1 && sameName(word, other.word)))
      return true;
  }
  return false;
}

/** A capital at the start of a sentence is a name's when it is one elsewhere, or stands where a name is claimed. */
function isNameIn(other: Token, { names }: Context, claimed: Token, language: "fr" | "en"): boolean {
  if (other.name === null || (other.name === "generic" && claimed.name === "generic")) return false;
  if (other.name !== "possible" || names.has(other.word)) return true;
  if (claimed.name !== "possible") return true;
  return language === "fr" && !/ment$/.test(claimed.word) && !/ment$/.test(other.word);
}

/** Whether a name occurs nowhere around the span. */
function isForeign(
  claim: Reading,
  index: number,
  span: Reading,
  context: Context,
  language: "fr" | "en",
): boolean {
  const token = claim.tokens[index];
  if (
    !token ||
    token.name === "generic" ||
    isKnown(token, context) ||
    standsForInitials(claim, index, context)
  )
    return false;
  if (token.name === "certain") return true;
  const next = claim.tokens[index + 1];
  if (!next || span.tokens.length === 0 || isOpener(token.word)) return false;
  return opensAsName(token.word, next.word, language);
}

function isKnown({ word, raw }: Token, { words, initials }: Context): boolean {
  if (words.has(word) || raw.split(/\s+/).length > 1) return true;
  for (const known of words) if (sameName(known, word)) return true;
  return word.length >= 3 && /^\p{Lu}+s?$/u.test(raw) && initials.includes(word.replace(/s$/, ""));
}

/** Whether a name spells out initials that the passage writes ("World Health Organization", "WHO"). */
function standsForInitials({ tokens }: Reading, index: number, { acronyms }: Context): boolean {
  if (acronyms.size === 0) return false;
  for (let start = Math.max(0, index - MAX_INITIALS); start <= index; start++) {
    let content = "";
    let whole = "";
    for (let at = start; at < tokens.length && whole.length < 2 * MAX_INITIALS; at++) {
      const token = tokens[at];
      if (!token) break;
      whole += token.word.charAt(0);
      if (token.keys.length > 0) content += token.word.charAt(0);
      if (at >= index && (acronyms.has(content) || acronyms.has(whole))) return true;
    }
  }
  return false;
}
