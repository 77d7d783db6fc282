import { VectorStoreError } from "../../ports/vector-store.ts";
import { withRetries } from "./retry.ts";

export type QdrantOptions = {
  /** `https://….cloud.qdrant.io:6333`, with or without a path before the API's. */
  url: string;
  apiKey?: string | undefined;
  /** Milliseconds for every call with its retries, instead of what the call would have. */
  budgetMs?: number;
};

type Request = { body?: unknown; budgetMs: number; headers?: Record<string, string> };

export type QdrantClient = {
  /** The `result` of a call to Qdrant's API. Throws `QdrantError`. */
  send<T = unknown>(method: string, path: string, request: Request): Promise<T>;
};

/** A refusal or failure of Qdrant's; `status` is null when there was no answer. */
export class QdrantError extends VectorStoreError {
  readonly status: number | null;
  constructor(
    message: string,
    status: number | null,
    options: ConstructorParameters<typeof VectorStoreError>[1],
  ) {
    super(message, options);
    this.status = status;
  }
}

/** Statuses after which the same call may pass. */
const RETRYABLE = new Set([408, 425, 429]);
/** Characters of an answer that may be of use in a log. */
const QUOTED = 300;

export function createQdrantClient(options: QdrantOptions): QdrantClient {
  const base = options.url.replace(/\/+$/, "");
  const headers = {
    "Content-Type": "application/json",
    ...(options.apiKey ? { "api-key": options.apiKey } : {}),
  };
  return {
    send<T>(method: string, path: string, { body, budgetMs, headers: more }: Request) {
      const init = {
        method,
        headers: { ...headers, ...more },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      return withRetries(options.budgetMs ?? budgetMs, async (signal) => {
        // Reading the answer is under the same signal: a server may send headers and then nothing.
        const { response, text } = await fetchText(base + path, { ...init, signal }).catch(
          (cause: unknown) => {
            throw new QdrantError(`Qdrant didn't answer ${method} ${path}: ${String(cause)}`, null, {
              cause,
              retryable: true,
            });
          },
        );
        if (!response.ok) throw refusal(`${method} ${path}`, response, text);
        return readResult<T>(`${method} ${path}`, response, text);
      });
    },
  };
}

async function fetchText(url: string, init: RequestInit): Promise<{ response: Response; text: string }> {
  const response = await fetch(url, init);
  return { response, text: await response.text() };
}

function readResult<T>(call: string, response: Response, text: string): T {
  try {
    return (JSON.parse(text) as { result: T }).result;
  } catch (cause) {
    const message = `Qdrant's answer to ${call} is no JSON: ${text.slice(0, QUOTED)}`;
    throw new QdrantError(message, response.status, { cause, retryable: false });
  }
}

function refusal(call: string, response: Response, text: string): QdrantError {
  const { status } = response;
  const retryAfter = Number(response.headers.get("retry-after"));
  return new QdrantError(`Qdrant answered ${call} with ${status}: ${text.slice(0, QUOTED)}`, status, {
    retryable: status >= 500 || RETRYABLE.has(status),
    retryAfterSeconds: retryAfter > 0 ? retryAfter : null,
  });
}
