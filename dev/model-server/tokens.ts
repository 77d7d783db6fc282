/** Characters a token, roughly, in French and English prose. */
const CHARACTERS_PER_TOKEN = 4;

/** An estimate, in place of a tokenizer's count. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
