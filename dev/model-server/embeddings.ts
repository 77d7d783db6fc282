import { ApiError } from "./api-error.ts";
import { embed } from "./embedder.ts";
import { EMBEDDING_MODEL } from "./models.ts";
import { estimateTokens } from "./tokens.ts";

const DEFAULT_DIMENSIONS = 1536;
const MAX_DIMENSIONS = 4096;

// OpenAI's limits: https://developers.openai.com/api/reference/resources/embeddings
const MAX_INPUTS = 2048;
const MAX_TOKENS = 8192;
const MAX_TOTAL_TOKENS = 300_000;

/**
 * Answers `POST /v1/embeddings`.
 *
 * @throws ApiError 400 where OpenAI refuses too, and for token arrays, which have no words to read
 */
export function createEmbeddings(body: Record<string, unknown>) {
  readModel(body.model);
  const inputs = readInputs(body.input);
  const dimensions = readDimensions(body.dimensions);
  const encode = readEncoding(body.encoding_format);
  const tokens = countTokens(inputs);
  return {
    object: "list",
    data: inputs.map((input, index) => ({
      object: "embedding",
      index,
      embedding: encode(embed(input, dimensions)),
    })),
    model: EMBEDDING_MODEL,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

function readModel(model: unknown): void {
  if (typeof model !== "string" || model === "") {
    throw new ApiError(400, "You must provide a model parameter.", { param: "model" });
  }
}

function readInputs(input: unknown): string[] {
  const inputs: unknown[] = Array.isArray(input) ? input : [input];
  if (inputs.length === 0 || inputs.length > MAX_INPUTS) {
    throw new ApiError(400, `'input' must hold 1 to ${MAX_INPUTS} texts.`, { param: "input" });
  }
  if (inputs.some((item) => typeof item === "number" || Array.isArray(item))) {
    throw new ApiError(400, "The local model reads texts, not token arrays.", { param: "input" });
  }
  if (!inputs.every((item): item is string => typeof item === "string")) {
    throw new ApiError(400, "'input' must be a string or an array of strings.", { param: "input" });
  }
  if (inputs.includes("")) throw new ApiError(400, "'input' cannot be an empty string.", { param: "input" });
  return inputs;
}

function readDimensions(dimensions: unknown): number {
  if (dimensions === undefined || dimensions === null) return DEFAULT_DIMENSIONS;
  const isValid =
    Number.isInteger(dimensions) && Number(dimensions) >= 1 && Number(dimensions) <= MAX_DIMENSIONS;
  if (!isValid) {
    throw new ApiError(400, `'dimensions' must be an integer from 1 to ${MAX_DIMENSIONS}.`, {
      param: "dimensions",
    });
  }
  return Number(dimensions);
}

function readEncoding(format: unknown): (vector: Float32Array) => string | number[] {
  if (format === "base64") return (vector) => Buffer.from(vector.buffer).toString("base64");
  if (format === undefined || format === null || format === "float") return (vector) => [...vector];
  throw new ApiError(400, "'encoding_format' must be float or base64.", { param: "encoding_format" });
}

function countTokens(inputs: string[]): number {
  const counts = inputs.map(estimateTokens);
  const longest = Math.max(...counts);
  if (longest > MAX_TOKENS) {
    throw new ApiError(400, `An input has about ${longest} tokens; the maximum is ${MAX_TOKENS}.`, {
      param: "input",
      code: "context_length_exceeded",
    });
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > MAX_TOTAL_TOKENS) {
    throw new ApiError(400, `The request has about ${total} tokens; the maximum is ${MAX_TOTAL_TOKENS}.`, {
      param: "input",
      code: "max_tokens_per_request",
    });
  }
  return total;
}
