import type { Locale } from "../i18n/locale.ts";
import { rethrowUnreachable, toProblem } from "./problem.ts";

type Call = { locale: Locale; method?: string; body?: FormData | object; signal?: AbortSignal };

/** Calls the API under this page's origin. Throws `ApiProblem`, or what the signal aborts with. */
export async function callApi(path: string, { locale, method, body, signal }: Call): Promise<Response> {
  const form = body instanceof FormData;
  const headers = new Headers({ "Accept-Language": locale });
  if (body && !form) headers.set("Content-Type", "application/json");
  const response = await fetch(`/api/v1${path}`, {
    method: method ?? (body ? "POST" : "GET"),
    headers,
    body: form || !body ? (body ?? null) : JSON.stringify(body),
    signal: signal ?? null,
  }).catch(rethrowUnreachable);
  if (response.ok) return response;
  throw toProblem(await response.json().catch(() => null));
}

export async function readJson<T>(path: string, call: Call): Promise<T> {
  const response = await callApi(path, call);
  return (await response.json().catch(rethrowUnreachable)) as T;
}
