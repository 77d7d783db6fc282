import type { Passage } from "../retrieval/retrieve.ts";
import type { Source } from "./answer.ts";

/** Characters of a passage that a list of sources shows. */
const EXCERPT_CHARACTERS = 280;

/** The passages as a reader meets them, numbered from 1 as the model cites them. */
export function toSources(passages: Passage[]): Source[] {
  return passages.flatMap((passage, index) => {
    const first = passage.segments[0];
    if (!first) return [];
    return [
      {
        index: index + 1,
        chunk_id: passage.id,
        document_id: passage.document_id,
        version: passage.version,
        filename: passage.filename,
        page: first.page,
        page_kind: first.kind,
        page_label: first.label,
        excerpt: passage.text.slice(0, EXCERPT_CHARACTERS),
        score: passage.score,
      },
    ];
  });
}
