import type { Passage } from "../retrieval/retrieve.ts";

/** Tokens of passages in one prompt: small enough for an 8k local model with its history and answer. */
const TOKEN_BUDGET = 3_600;
/** Characters a token, on the low side for French and English, so that the budget holds. */
const CHARACTERS_PER_TOKEN = 3.2;
/** Below this cosine a passage without a word in common has nothing to do with the question. */
const MIN_COSINE = 0.12;

/** The passages that fit the budget, best first; one that doesn't fit makes room for a shorter one. */
export function packPassages(passages: Passage[]): Passage[] {
  let left = TOKEN_BUDGET * CHARACTERS_PER_TOKEN;
  return passages.filter(({ text }) => {
    if (text.length > left) return false;
    left -= text.length;
    return true;
  });
}

/** Whether anything found could bear on the question at all; if not, no model is asked to improvise. */
export function anyRelevant(passages: Passage[]): boolean {
  return passages.some(
    ({ lexical_score, dense_score }) => (lexical_score ?? 0) > 0 || (dense_score ?? 0) >= MIN_COSINE,
  );
}
