import { type EmbeddingModel, UpstreamError } from "../../ports/language-model.ts";
import { CALLS, type Client } from "./client.ts";
import { type BatchLimits, inputBatches } from "./input-batches.ts";
import { upstreamError } from "./upstream-error.ts";

/**
 * OpenAI's limits (https://developers.openai.com/api/reference/resources/embeddings) but for the inputs, of which it allows
 * 2,048: small batches keep a slice cheap that has to be done again.
 */
const LIMITS: BatchLimits = { inputs: 256, requestTokens: 300_000, inputTokens: 8_192 };

/** What is read of an answer. A server that doesn't know `base64` sends numbers. */
type Answer = {
  data: Array<{ index: number; embedding: string | number[] }>;
  usage?: { prompt_tokens?: number };
};

/** Embeds through any OpenAI-compatible `/embeddings`. Throws `UpstreamError`. */
export function createEmbeddingModel(
  client: Client,
  options: { model: string; dimensions: number; headers?: Record<string, string> },
): EmbeddingModel {
  const { model, dimensions, headers } = options;
  return {
    name: model,
    dimensions,
    async embed(texts, signal) {
      const vectors: number[][] = [];
      let tokens = 0;
      for (const input of inputBatches(texts, LIMITS)) {
        const answer = await ask({ model, dimensions, input, encoding_format: "base64" }, signal);
        const ordered = answer.data.toSorted((a, b) => a.index - b.index);
        vectors.push(...ordered.map(({ embedding }) => readVector(embedding)));
        assertDimensions(vectors, input, options);
        tokens += answer.usage?.prompt_tokens ?? 0;
      }
      return { vectors, tokens };
    },
  };

  /** The bound is on the whole answer: headers may come and then nothing. */
  async function ask(body: unknown, signal: AbortSignal | undefined): Promise<Answer> {
    const bound = AbortSignal.timeout(signal ? CALLS.patience : CALLS.timeout);
    try {
      const response = await client.post("/embeddings", body, {
        signal: signal ? AbortSignal.any([signal, bound]) : bound,
        maxRetries: signal ? CALLS.triesForPeople : CALLS.triesForJobs,
        headers,
      });
      return (await response.json()) as Answer;
    } catch (error) {
      throw upstreamError("embedding", error, signal);
    }
  }
}

/** Base64 holds the numbers as little-endian floats: a third of what they take in digits, and no digits to read. */
function readVector(embedding: string | number[]): number[] {
  if (typeof embedding !== "string") return embedding;
  const bytes = Uint8Array.from(atob(embedding), (character) => character.charCodeAt(0));
  return Array.from(new Float32Array(bytes.buffer));
}

function assertDimensions(
  vectors: number[][],
  batch: string[],
  options: { model: string; dimensions: number },
) {
  const wrong = vectors.find((vector) => vector.length !== options.dimensions);
  if (!wrong && vectors.length >= batch.length) return;
  const found = wrong ? `vectors of ${wrong.length} numbers` : `${vectors.length} vectors`;
  throw new UpstreamError(
    `${options.model} gave ${found}; EMBEDDING_DIMENSIONS asks for ${options.dimensions} numbers`,
    { retryable: false },
  );
}
