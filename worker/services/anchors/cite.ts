import type { Citation } from "../../db/schema/answer.ts";
import { SEGMENT_SEPARATOR } from "../../db/schema/segment.ts";
import type { Passage } from "../retrieval/retrieve.ts";
import { findSupport, type Support } from "./find-support.ts";
import type { TextRange } from "./sentences.ts";

type AnsweredSentence = { text: string; range: TextRange };

/** Anchors a sentence in the passage it cites (`source`, from 1). Null when the passage holds no text. */
export function citeSentence(sentence: AnsweredSentence, source: number, passage: Passage): Citation | null {
  const support = supportIn(sentence.text, passage);
  return support && toCitation(sentence, source, passage, support);
}

/** Anchors a sentence that cites nothing in whichever passage carries it; null when none does. */
export function citeUnmarked(sentence: AnsweredSentence, passages: Passage[]): Citation | null {
  let best: { support: Support; passage: Passage; source: number } | null = null;
  for (const [index, passage] of passages.entries()) {
    const support = supportIn(sentence.text, passage);
    if (support && !support.doubt && support.coverage > (best?.support.coverage ?? 0)) {
      best = { support, passage, source: index + 1 };
    }
  }
  return best && toCitation(sentence, best.source, best.passage, best.support);
}

function supportIn(text: string, passage: Passage): Support | null {
  return findSupport(text, passage.text, pageBounds(passage));
}

/** Where each page's part stands in the passage's text. */
function pageBounds(passage: Passage): TextRange[] {
  let start = 0;
  return passage.segments.map((segment) => {
    const bound = { start, end: start + segment.end - segment.start };
    start = bound.end + SEGMENT_SEPARATOR.length;
    return bound;
  });
}

function toCitation(
  sentence: AnsweredSentence,
  source: number,
  passage: Passage,
  { range, doubt }: Support,
): Citation | null {
  const index = pageBounds(passage).findIndex(
    (bound) => range.start >= bound.start && range.end <= bound.end,
  );
  const bound = pageBounds(passage)[index];
  const segment = passage.segments[index];
  if (!bound || !segment) return null;
  const shift = segment.start - bound.start;
  return {
    source,
    document_id: passage.document_id,
    version: passage.version,
    filename: passage.filename,
    page: segment.page,
    page_kind: segment.kind,
    page_label: segment.label,
    char_start: range.start + shift,
    char_end: range.end + shift,
    quote: passage.text.slice(range.start, range.end),
    answer_start: sentence.range.start,
    answer_end: sentence.range.end,
    verified: doubt === null,
    reason: doubt,
  };
}
