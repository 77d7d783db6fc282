/**
 * How calls are made, in one place. No call may hold a document's turn, or somebody who waits, without anybody knowing.
 */
export const CALLS = {
  /** Milliseconds until a call without an answer is given up; with what follows it is less than `LEASE_SECONDS`. */
  timeout: 45_000,
  /** Milliseconds for a question's embedding with its second try; later full text answers alone (decision 029). */
  patience: 6_000,
  /** More tries for what somebody waits for: a connection that was cut is worth one, nearly at once. */
  triesForPeople: 1,
  /** More tries for ingestion: none here, its jobs wait and try again (`worker/ingest/retry-wait.ts`). */
  triesForJobs: 0,
} as const;

/** Statuses below 500 after which the same call may pass. */
export const RETRYABLE: ReadonlySet<number> = new Set([408, 409, 425, 429]);
/** Milliseconds before the second try, half of it by chance. */
const PAUSE_MS = 300;
/** Characters of an upstream's refusal that are of use. */
const QUOTED = 300;

const OPENAI_URL = "https://api.openai.com/v1";

/** A refusal of the server's, or no answer: `status` is null then. `code` is the server's own word for it. */
export class CallFailure extends Error {
  override readonly name = "CallFailure";
  readonly status: number | null;
  readonly code: string | null;
  readonly headers: Headers;
  constructor(message: string, answer: Response | null, options: ErrorOptions & { code?: string | null }) {
    super(message, options);
    this.status = answer?.status ?? null;
    this.code = options.code ?? null;
    this.headers = answer?.headers ?? new Headers();
  }
}

export type Call = { signal: AbortSignal; maxRetries: number; headers?: Record<string, string> | undefined };

/** An OpenAI-compatible server. */
export type Client = {
  /** Posts JSON and gives the answer, its body unread. Throws `CallFailure`, or what `signal` was aborted with. */
  post(path: string, body: unknown, call: Call): Promise<Response>;
};

/**
 * Two routes and one way to fail: the official SDK does the same with 100 KiB (compressed) that every isolate would load
 * before its first answer (decision 030).
 */
export function createClient({ apiKey, baseURL = OPENAI_URL }: { apiKey: string; baseURL?: string }): Client {
  const base = baseURL.replace(/\/+$/, "");
  return {
    async post(path, body, { signal, maxRetries, headers }) {
      const init = {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json", Authorization: `Bearer ${apiKey}` },
        body: JSON.stringify(body),
        signal,
      };
      for (let retries = 0; ; retries++) {
        try {
          return await send(base + path, init);
        } catch (error) {
          signal.throwIfAborted();
          if (retries >= maxRetries || !(error instanceof CallFailure) || !isPassing(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (0.5 + Math.random() / 2)));
        }
      }
    },
  };
}

async function send(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init).catch((cause: unknown) => {
    throw new CallFailure("no answer", null, { cause });
  });
  if (answer.ok) return answer;
  const text = await answer.text().catch(() => "");
  const { message = text, code = null } = readRefusal(text);
  throw new CallFailure(message.slice(0, QUOTED), answer, { code });
}

function readRefusal(text: string): { message?: string; code?: string | null } {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown; code?: unknown } };
    return {
      ...(typeof error?.message === "string" ? { message: error.message } : {}),
      code: typeof error?.code === "string" ? error.code : null,
    };
  } catch {
    return {};
  }
}

/** A second try, in a third of a second, is for what passes by itself, not for a server that is asked too much. */
function isPassing({ status }: CallFailure): boolean {
  return status === null || status >= 500 || (RETRYABLE.has(status) && status !== 429);
}
