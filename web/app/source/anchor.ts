import type { Citation, Source } from "../api/shapes.ts";
import { distinct, numberMarks } from "../ask/cut-answer.ts";
import { isSamePlace, type Place } from "./place.ts";

/** A place that an answer leads to: the exact words of a citation, or a passage that was read. */
export type Anchor = {
  kind: "citation" | "source";
  number: number;
  /** Id of the button that leads there, where focus goes back to. */
  opener: string;
  place: Place;
  quote: string;
  filename: string;
};

export function markId(turnId: string, number: number, answerStart: number): string {
  return `mark-${turnId}-${number}-${answerStart}`;
}

export function sourceId(turnId: string, index: number): string {
  return `source-${turnId}-${index}`;
}

export function anchorsOfCitations(turnId: string, citations: Citation[]): Anchor[] {
  // First marks first: a number that comes again leads back to where it stood first.
  return distinct(numberMarks(citations).toReversed()).map(({ number, citation }) => ({
    kind: "citation",
    number,
    opener: markId(turnId, number, citation.answer_start),
    place: {
      documentId: citation.document_id,
      version: citation.version,
      page: citation.page,
      span: { start: citation.char_start, end: citation.char_end },
      chunkId: null,
    },
    quote: citation.quote,
    filename: citation.filename,
  }));
}

export function anchorsOfSources(turnId: string, sources: Source[]): Anchor[] {
  return sources.map((source) => ({
    kind: "source",
    number: source.index,
    opener: sourceId(turnId, source.index),
    place: {
      documentId: source.document_id,
      version: source.version,
      page: source.page,
      span: null,
      chunkId: source.chunk_id,
    },
    quote: source.excerpt,
    filename: source.filename,
  }));
}

/** Anchors that can be walked through, and the one that was last on show. */
export type Trail = { anchors: Anchor[]; index: number };

type Answer = { id: string; citations: Citation[]; sources: Source[] };

/** The trail that a place belongs to, as when an address is opened anew; the latest answer first. */
export function findTrail(answers: Answer[], place: Place): Trail | null {
  for (const { id, citations, sources } of answers.toReversed())
    for (const anchors of [anchorsOfCitations(id, citations), anchorsOfSources(id, sources)]) {
      const index = anchors.findIndex((anchor) => isSamePlace(anchor.place, place));
      if (index !== -1) return { anchors, index };
    }
  return null;
}
