import type OpenAI from "openai";
import { type EmbeddingModel, UpstreamError } from "../../ports/language-model.ts";
import { CALLS } from "./client.ts";
import { type BatchLimits, inputBatches } from "./input-batches.ts";
import { upstreamError } from "./upstream-error.ts";

/**
 * OpenAI's limits (https://developers.openai.com/api/reference/resources/embeddings) but for the inputs, of which it allows
 * 2,048: small batches keep a slice cheap that has to be done again.
 */
const LIMITS: BatchLimits = { inputs: 256, requestTokens: 300_000, inputTokens: 8_192 };

/** Embeds through any OpenAI-compatible `/embeddings`. Throws `UpstreamError`. */
export function createEmbeddingModel(
  client: () => Promise<OpenAI>,
  options: { model: string; dimensions: number; headers?: Record<string, string> },
): EmbeddingModel {
  return {
    name: options.model,
    dimensions: options.dimensions,
    async embed(texts, signal) {
      const openai = await client();
      const call = signal
        ? {
            signal: AbortSignal.any([signal, AbortSignal.timeout(CALLS.patience)]),
            maxRetries: CALLS.triesForPeople,
          }
        : { maxRetries: CALLS.triesForJobs };
      const vectors: number[][] = [];
      let tokens = 0;
      for (const batch of inputBatches(texts, LIMITS)) {
        const response = await openai.embeddings
          .create(
            { model: options.model, dimensions: options.dimensions, input: batch },
            { ...call, headers: options.headers },
          )
          .catch((error: unknown) => {
            throw upstreamError("embedding", error, signal);
          });
        const ordered = response.data.toSorted((a, b) => a.index - b.index);
        vectors.push(...ordered.map((item) => item.embedding));
        assertDimensions(vectors, batch, options);
        tokens += response.usage?.prompt_tokens ?? 0;
      }
      return { vectors, tokens };
    },
  };
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
