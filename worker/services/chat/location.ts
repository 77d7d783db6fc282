import type { Candidate } from "../retrieval/candidates.ts";

/** Where a passage begins, in words: "report.pdf, page 12". A section has no page number, so none is claimed. */
export function locationOf({ filename, segments }: Pick<Candidate, "filename" | "segments">): string {
  const first = segments[0];
  if (!first) return filename;
  if (first.kind !== "section") return `${filename}, ${first.kind} ${first.page}`;
  return first.label ? `${filename}, ${first.label}` : filename;
}
