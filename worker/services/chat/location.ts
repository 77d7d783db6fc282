import type { ChunkSegment } from "../../db/schema/segment.ts";
import type { Candidate } from "../retrieval/candidates.ts";

/** The segment that holds most of a passage: where a reader should be sent when the whole of it is meant. */
export function mainSegment(segments: ChunkSegment[]): ChunkSegment | undefined {
  return segments.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0];
}

/** Where a passage stands, in words: "report.pdf, page 12". A section has no page number, so none is claimed. */
export function locationOf({ filename, segments }: Pick<Candidate, "filename" | "segments">): string {
  const main = mainSegment(segments);
  if (!main) return filename;
  if (main.kind !== "section") return `${filename}, ${main.kind} ${main.page}`;
  return main.label ? `${filename}, ${main.label}` : filename;
}
