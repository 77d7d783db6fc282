import { freshToken } from "./identity.ts";
import { ApiProblem, rethrowUnreachable, toProblem } from "./problem.ts";
import { session } from "./session.ts";
import { chosenTenant } from "./tenant-choice.ts";

/** A `Blob` goes as the bytes it is, an object as JSON. */
type Call = {
  method?: string;
  body?: FormData | Blob | object;
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
  const isRaw = body instanceof FormData || body instanceof Blob;
  const language = globalThis.document?.documentElement.lang ?? "en";
  const headers = new Headers({ "Accept-Language": language, ...own });
  if (body instanceof Blob) headers.set("Content-Type", "application/octet-stream");
  else if (body && !isRaw) headers.set("Content-Type", "application/json");
  const tenant = chosenTenant();
  if (tenant) headers.set("X-Tenant-Id", tenant);
  const send = () =>
    fetch(`/api/v1${path}`, {
      method: method ?? (body ? "POST" : "GET"),
      headers,
      body: isRaw || !body ? (body ?? null) : JSON.stringify(body),
      signal: signal ?? null,
    }).catch(rethrowUnreachable);
  let response = await send();
  // The cookie goes along by itself; where it has aged, a token that is fresh may still hold.
  const token = response.status === 401 ? await freshToken() : null;
  if (token !== null) {
    headers.set("Authorization", `Bearer ${token}`);
    response = await send();
  }
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
