import type OpenAI from "openai";
import { type EmbeddingModel, UpstreamError } from "../../ports/language-model.ts";
import { upstreamError } from "./upstream-error.ts";

/** Inputs a request; OpenAI allows 2,048, but small batches keep a retried slice cheap. */
const MAX_INPUTS = 256;
/** Characters a request: OpenAI allows 300,000 tokens, and no script needs more than a token a character. */
const MAX_CHARACTERS = 280_000;

/** Embeds through any OpenAI-compatible `/embeddings`. Throws `UpstreamError`. */
export function createEmbeddingModel(
  client: () => Promise<OpenAI>,
  options: { model: string; dimensions: number },
): EmbeddingModel {
  return {
    name: options.model,
    dimensions: options.dimensions,
    async embed(texts, signal) {
      const openai = await client();
      const vectors: number[][] = [];
      let tokens = 0;
      for (const batch of batches(texts)) {
        const response = await openai.embeddings
          .create({ model: options.model, dimensions: options.dimensions, input: batch }, { signal })
          .catch((error: unknown) => {
            throw upstreamError("embedding", error);
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

function* batches(texts: string[]): Generator<string[]> {
  let batch: string[] = [];
  let characters = 0;
  for (const text of texts) {
    if (batch.length > 0 && (batch.length >= MAX_INPUTS || characters + text.length > MAX_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(text);
    characters += text.length;
  }
  if (batch.length > 0) yield batch;
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
