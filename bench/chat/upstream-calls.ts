/** How long the mock model takes, in milliseconds. */
export const DELAYS = { embedding: 40, firstToken: 250, token: 5 };

export const MODELS = { embedding: "mock-embedding", answer: "mock-answer", rephrase: "mock-rephrase" };
export const DIMENSIONS = 1_536;

/** One call that the mock model answered. */
export type UpstreamCall = {
  /** The question that it was for */
  number: number;
  kind: "embedding" | "rephrase" | "answer";
  /** Milliseconds that it really made the caller wait: from the request until the first byte of the answer */
  waitMs: number;
  /** Milliseconds between its first and last token; 0 for an embedding */
  writingMs: number;
};
