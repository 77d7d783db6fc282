import type { Span } from "./text/page-lines.ts";

/** A place in a document as the address holds it, so that it can be shared and come back to. */
export type Place = {
  documentId: string;
  /** The version that was cited; null for the one search reads now. */
  version: number | null;
  page: number;
  span: Span | null;
  /** The passage that was read, where no exact words are meant. */
  chunkId: string | null;
};

const KEYS = ["document", "version", "page", "span", "passage"];

/** Null where the address shows no source. */
export function readPlace(search: URLSearchParams): Place | null {
  const documentId = search.get("document");
  if (!documentId) return null;
  const [start, end] = (search.get("span") ?? "").split("-").map(Number);
  const isSpan = Number.isInteger(start) && Number.isInteger(end);
  return {
    documentId,
    version: positive(search.get("version")),
    page: positive(search.get("page")) ?? 1,
    span: isSpan ? { start: start ?? 0, end: end ?? 0 } : null,
    chunkId: search.get("passage"),
  };
}

/** The same address with another place in it, or with none. */
export function withPlace(search: URLSearchParams, place: Place | null): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const key of KEYS) next.delete(key);
  if (!place) return next;
  next.set("document", place.documentId);
  if (place.version !== null) next.set("version", String(place.version));
  next.set("page", String(place.page));
  if (place.span) next.set("span", `${place.span.start}-${place.span.end}`);
  if (place.chunkId) next.set("passage", place.chunkId);
  return next;
}

export function isSamePlace(a: Place, b: Place): boolean {
  return withPlace(new URLSearchParams(), a).toString() === withPlace(new URLSearchParams(), b).toString();
}

/** Whether two addresses differ in the source alone, so that the page under it needn't be loaded anew. */
export function isSameBesidesSource(a: URL, b: URL): boolean {
  return a.pathname === b.pathname && bare(a) === bare(b);
}

function bare({ searchParams }: URL): string {
  return withPlace(searchParams, null).toString();
}

function positive(text: string | null): number | null {
  const n = Number(text);
  return text !== null && Number.isInteger(n) && n > 0 ? n : null;
}
