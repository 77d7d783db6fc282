import type { Citation, Doubt, Unanchored } from "../api/shapes.ts";

/** A citation under the number that its mark shows. */
export type Mark = { number: number; citation: Citation };

/** A stretch of an answer: a sentence with its marks, or the text between two. */
export type Segment = { start: number; text: string; marks: Mark[]; doubt: Doubt | "unanchored" | null };

type Range = { answer_start: number; answer_end: number };

/**
 * Cuts an answer at its cited and unanchored sentences; the segments put together are the answer. Only a sentence
 * that none of its citations carries is in doubt.
 */
export function cutAnswer(text: string, citations: Citation[], unanchored: Unanchored[]): Segment[] {
  const marks = numberMarks(citations);
  const segments: Segment[] = [];
  let end = 0;
  const push = (until: number, rest: Pick<Segment, "marks" | "doubt">) => {
    if (until > end) segments.push({ start: end, text: text.slice(end, until), ...rest });
    end = Math.max(end, until);
  };
  for (const range of sentenceRanges([...citations, ...unanchored], text.length)) {
    push(range.answer_start, { marks: [], doubt: null });
    const own = marks.filter(({ citation }) => isSame(citation, range));
    push(range.answer_end, { marks: distinct(own), doubt: own.length > 0 ? doubtOf(own) : "unanchored" });
  }
  push(text.length, { marks: [], doubt: null });
  return segments;
}

/** Numbers citations in the order they came; those of the very same words share a number. */
export function numberMarks(citations: Citation[]): Mark[] {
  const numbers = new Map<string, number>();
  return citations.map((citation) => {
    const { document_id, version, page, char_start, char_end } = citation;
    const span = [document_id, version, page, char_start, char_end].join();
    const number = numbers.get(span) ?? numbers.size + 1;
    numbers.set(span, number);
    return { number, citation };
  });
}

/** One mark a number, in order. */
export function distinct(marks: Mark[]): Mark[] {
  return [...new Map(marks.map((mark) => [mark.number, mark])).values()].sort((a, b) => a.number - b.number);
}

/** Each sentence once, in order; ranges that overlap an earlier one or leave the text are passed over. */
function sentenceRanges(ranges: Range[], length: number): Range[] {
  const kept: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.answer_start - b.answer_start)) {
    const last = kept.at(-1)?.answer_end ?? 0;
    if (range.answer_start >= last && range.answer_start < range.answer_end && range.answer_end <= length) {
      kept.push(range);
    }
  }
  return kept;
}

function isSame(a: Range, b: Range): boolean {
  return a.answer_start === b.answer_start && a.answer_end === b.answer_end;
}

function doubtOf(marks: Mark[]): Doubt | null {
  if (marks.some(({ citation }) => citation.verified)) return null;
  return marks[0]?.citation.reason ?? "not_in_source";
}
