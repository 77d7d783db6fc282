import { ApiProblem, rethrowUnreachable, toProblem } from "./problem.ts";
import { session } from "./session.ts";
import { chosenTenant } from "./tenant-choice.ts";

type Call = {
  method?: string;
  body?: FormData | object;
  signal?: AbortSignal;
  headers?: Record<string, string>;
};

/**
 * Calls the API under this page's origin, in the page's language and the workspace on show. Any 2xx is success.
 * Throws `ApiProblem`, or what the signal aborts with.
 */
export async function callApi(
  path: string,
  { method, body, signal, headers: own = {} }: Call = {},
): Promise<Response> {
  const form = body instanceof FormData;
  const language = globalThis.document?.documentElement.lang ?? "en";
  const headers = new Headers({ "Accept-Language": language, ...own });
  if (body && !form) headers.set("Content-Type", "application/json");
  const tenant = chosenTenant();
  if (tenant) headers.set("X-Tenant-Id", tenant);
  const response = await fetch(`/api/v1${path}`, {
    method: method ?? (body ? "POST" : "GET"),
    headers,
    body: form || !body ? (body ?? null) : JSON.stringify(body),
    signal: signal ?? null,
  }).catch(rethrowUnreachable);
  session.noteAnswer(response.status === 401);
  if (response.ok) return response;
  throw toProblem(await response.json().catch(() => null));
}

export async function readJson<T>(path: string, call: Call = {}): Promise<T> {
  const response = await callApi(path, call);
  return (await response.json().catch(rethrowBroken)) as T;
}

/** A body that breaks off is the network's fault; one that isn't JSON is a fault of what stands before the API. */
function rethrowBroken(error: unknown): never {
  if (error instanceof SyntaxError) throw new ApiProblem("internal");
  return rethrowUnreachable(error);
}
