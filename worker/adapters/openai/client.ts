import type OpenAI from "openai";

/**
 * How calls are made, in one place. The SDK's own defaults are ten minutes and two more tries, each after a wait that it
 * takes from the answer, all of which would hold a document's turn without anybody knowing.
 */
export const CALLS = {
  /** Milliseconds until a call without an answer is given up; with what follows it is less than `LEASE_SECONDS`. */
  timeout: 45_000,
  /** Milliseconds for a question's embedding with its second try; later full text answers alone (decision 029). */
  patience: 6_000,
  /** More tries for what somebody waits for: a connection that was cut is worth one, at once. */
  triesForPeople: 1,
  /** More tries for ingestion: none here, its jobs wait and try again (`worker/ingest/retry-wait.ts`). */
  triesForJobs: 0,
} as const;

/** Loads the SDK at the first call: most requests need no model, and start-up time is what a cold isolate pays. */
export function lazyOpenAI(options: { apiKey: string; baseURL?: string }): () => Promise<OpenAI> {
  let client: Promise<OpenAI> | undefined;
  return () => {
    client ??= import("openai/client").then(
      ({ OpenAI: Client }) =>
        new Client({
          apiKey: options.apiKey,
          baseURL: options.baseURL,
          timeout: CALLS.timeout,
          maxRetries: CALLS.triesForPeople,
        }),
    );
    return client;
  };
}
