import type { Citation, Source } from "../api/shapes.ts";
import { distinct, numberMarks } from "../ask/cut-answer.ts";

type Place = Pick<Citation, "document_id" | "version" | "filename" | "page" | "page_kind" | "page_label">;

/** A place in a document that the source panel can show, and the element that leads there. */
export type Anchor = Place & {
  kind: "citation" | "source";
  turnId: string;
  number: number;
  /** Id of the button that opened it, where focus goes back to. */
  opener: string;
  quote: string;
  /** Null for a passage, whose place on the page is looked up. */
  span: { start: number; end: number } | null;
};

/** The anchors one can walk through, and the one on show. */
export type OpenAnchor = { anchors: Anchor[]; index: number };

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
    turnId,
    number,
    opener: markId(turnId, number, citation.answer_start),
    ...placeOf(citation),
    quote: citation.quote,
    span: { start: citation.char_start, end: citation.char_end },
  }));
}

export function anchorsOfSources(turnId: string, sources: Source[]): Anchor[] {
  return sources.map((source) => ({
    kind: "source",
    turnId,
    number: source.index,
    opener: sourceId(turnId, source.index),
    ...placeOf(source),
    quote: source.excerpt,
    span: null,
  }));
}

function placeOf({ document_id, version, filename, page, page_kind, page_label }: Place): Place {
  return { document_id, version, filename, page, page_kind, page_label };
}
