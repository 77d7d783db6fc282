/** One embedding a text, in the order of the texts; `tokens` is what the upstream counted. */
export type Embeddings = { vectors: number[][]; tokens: number };

/** Turns texts into L2-normalised vectors of `dimensions` numbers. */
export interface EmbeddingModel {
  readonly name: string;
  readonly dimensions: number;
  /**
   * `texts` holds no blank text. Batching by count and tokens is the adapter's business. A `signal` is of somebody who
   * waits, for whom a call that failed in passing is made once more at once; without one the caller tries again itself.
   */
  embed(texts: string[], signal?: AbortSignal): Promise<Embeddings>;
}

export type ChatMessage = { role: "system" | "user" | "assistant"; content: string };

export type ChatRequest = {
  model: string | null;
  messages: ChatMessage[];
  temperature: number;
  maxTokens: number;
  signal: AbortSignal;
};

/** A piece of the answer; the last one carries `usage` where the upstream reports it. */
export type ChatDelta = {
  text: string;
  finishReason?: "stop" | "length" | "content_filter";
  usage?: { promptTokens: number; completionTokens: number };
};

/** Streams an answer. Ends when the upstream does; throws `UpstreamError` when it fails. */
export interface ChatModel {
  readonly name: string;
  stream(request: ChatRequest): AsyncIterable<ChatDelta>;
}

/**
 * The upstream model server failed. `retryable` tells whether the same call may pass later. `retryAfterSeconds`: it is
 * asked too much and wants to be left alone for so long; null where that isn't what is wrong.
 */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | null;
  constructor(
    message: string,
    options: ErrorOptions & { retryable: boolean; retryAfterSeconds?: number | null },
  ) {
    super(message, options);
    this.retryable = options.retryable;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
