import { type ChunkSegment, SEGMENT_SEPARATOR } from "../../db/schema/segment.ts";

/** What merging reads and writes of a passage. */
type Mergeable = {
  document_id: string;
  ordinal: number;
  segments: ChunkSegment[];
  text: string;
};

/** Characters of a merged passage: longer ones would crowd the prompt and blur what is cited. */
const MAX_MERGED = 3_000;

/**
 * Puts chunks that follow each other on one page (or in a text without pages) together into one passage, so that a
 * model reads them as they stand in the document. The passage takes the place, id and scores of its best chunk.
 *
 * @param passages best first
 */
export function mergeNeighbours<T extends Mergeable>(passages: T[]): T[] {
  const groups: Array<{ rank: number; parts: T[] }> = [];
  for (const { passage, rank } of inReadingOrder(passages)) {
    const group = groups.at(-1);
    if (!group || !continues(group.parts, passage)) groups.push({ rank, parts: [passage] });
    else {
      group.parts.push(passage);
      group.rank = Math.min(group.rank, rank);
    }
  }
  return groups
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ rank, parts }) => {
      const best = passages[rank];
      if (!best || parts.length === 1) return parts;
      const text = parts.map((part) => part.text).join(SEGMENT_SEPARATOR);
      return [{ ...best, text, segments: parts.flatMap(({ segments }) => segments) }];
    });
}

function inReadingOrder<T extends Mergeable>(passages: T[]) {
  return passages
    .map((passage, rank) => ({ passage, rank }))
    .sort(
      (a, b) =>
        a.passage.document_id.localeCompare(b.passage.document_id) || a.passage.ordinal - b.passage.ordinal,
    );
}

function continues(parts: Mergeable[], next: Mergeable): boolean {
  const last = parts.at(-1);
  if (last?.document_id !== next.document_id || last.ordinal + 1 !== next.ordinal) return false;
  const end = last.segments.at(-1);
  if (end?.kind !== "section" && end?.page !== next.segments[0]?.page) return false;
  return parts.reduce((sum, { text }) => sum + text.length, next.text.length) <= MAX_MERGED;
}
