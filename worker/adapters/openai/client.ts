import type OpenAI from "openai";

/** Milliseconds until a call without an answer is given up; the SDK's own default is ten minutes. */
const TIMEOUT_MS = 45_000;

/**
 * Loads the SDK at the first call: most requests need no model, and start-up time is what a cold isolate pays.
 * One retry only, because a timed-out call is retried too.
 */
export function lazyOpenAI(options: { apiKey: string; baseURL?: string }): () => Promise<OpenAI> {
  let client: Promise<OpenAI> | undefined;
  return () => {
    client ??= import("openai").then(
      ({ default: Client }) =>
        new Client({ apiKey: options.apiKey, baseURL: options.baseURL, timeout: TIMEOUT_MS, maxRetries: 1 }),
    );
    return client;
  };
}
