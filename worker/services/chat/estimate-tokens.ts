/** UTF-8 bytes a token, at the low end of what GPT tokenizers do with French and English: rather too many tokens. */
const BYTES_PER_TOKEN = 3.5;

/** Tokens of a text, for when the model's own count doesn't arrive. */
export function estimateTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN);
}
