/** What a request to `/embeddings` may hold, and as much as one input of it. Tokens are counted as bytes. */
export type BatchLimits = { inputs: number; requestTokens: number; inputTokens: number };

const encoder = new TextEncoder();

/**
 * Cuts texts into requests. Which tokens a model makes is its own affair, but none of them is shorter than a byte of UTF-8,
 * so that a request of so many bytes never has more tokens. A text beyond what one input may have is cut at its end, where
 * a chunk (1,400 characters and its headings) or a question (4,000) never gets.
 */
export function* inputBatches(texts: string[], limits: BatchLimits): Generator<string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    const input = cutToBytes(text, limits.inputTokens);
    const size = encoder.encode(input).length;
    if (batch.length > 0 && (batch.length >= limits.inputs || bytes + size > limits.requestTokens)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(input);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** The longest beginning of a text that takes up to `most` bytes, never with half a character. */
function cutToBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(most));
  return text.slice(0, read);
}
