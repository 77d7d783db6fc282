import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import type { ReadableStream } from "node:stream/web";
import { readServerEvents, type ServerEvent } from "./server-events.ts";
import type { DocumentJson, PageJson } from "./shapes.ts";

/** Thrown for any answer that is not 2xx; `message` is the problem's own words. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type ApiClient = ReturnType<typeof createApiClient>;

/** Speaks to a running Ancre as a customer would: over HTTP, with nothing but the documented API. */
export function createApiClient(options: {
  url: string;
  tenantId?: string;
  language?: string;
  apiKey?: string;
}) {
  const headers: Record<string, string> = { "Accept-Language": options.language ?? "en" };
  if (options.apiKey) headers.Authorization = `Bearer ${options.apiKey}`;
  if (options.tenantId) headers["X-Tenant-Id"] = options.tenantId;

  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    const form = body instanceof FormData;
    const response = await fetch(`${options.url}/api/v1${path}`, {
      method,
      headers: body && !form ? { ...headers, "Content-Type": "application/json" } : headers,
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    });
    if (response.ok) return response;
    const text = await response.text();
    throw new ApiError(
      response.status,
      problemDetail(text) ?? `${method} ${path}: ${response.status} ${text}`,
    );
  }

  async function json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await send(method, path, body);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async function* events(method: string, path: string, body?: unknown): AsyncGenerator<ServerEvent> {
    const response = await send(method, path, body);
    if (response.body) yield* readServerEvents(response.body as ReadableStream<Uint8Array>);
  }

  return {
    json,
    events,
    /** Uploads a file from disk, streamed. */
    async upload(collectionId: string, file: string): Promise<DocumentJson> {
      const form = new FormData();
      form.set("file", await openAsBlob(file), basename(file));
      return json<DocumentJson>("POST", `/documents/upload/${collectionId}`, form);
    },
    /** Follows a document until it is ready or failed, telling each step. */
    async settle(id: string, onProgress: (document: DocumentJson) => void = () => {}): Promise<DocumentJson> {
      let last: DocumentJson | undefined;
      while (last?.status !== "ready" && last?.status !== "failed") {
        for await (const { event, data } of events("GET", `/documents/${id}/events`)) {
          if (event !== "progress") throw new ApiError(500, problemDetail(JSON.stringify(data)) ?? event);
          last = data as DocumentJson;
          onProgress(last);
        }
      }
      return last;
    },
    page: (id: string, number: number) => json<PageJson>("GET", `/documents/${id}/pages/${number}`),
  };
}

function problemDetail(text: string): string | null {
  try {
    const problem = JSON.parse(text) as { detail?: unknown; title?: unknown };
    return typeof problem.detail === "string" ? problem.detail : null;
  } catch {
    return null;
  }
}
