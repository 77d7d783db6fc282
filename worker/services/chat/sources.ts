import type { Source } from "../../db/schema/answer.ts";
import { cutText } from "../cut-text.ts";
import type { Passage } from "../retrieval/retrieve.ts";
import { mainSegment } from "./location.ts";

/** Characters of a passage that a list of sources shows. */
const EXCERPT_CHARACTERS = 280;

/** The passages as a reader meets them, numbered from 1 as the model cites them. */
export function toSources(passages: Passage[]): Source[] {
  return passages.flatMap((passage, index) => {
    const main = mainSegment(passage.segments);
    if (!main) return [];
    return [
      {
        index: index + 1,
        chunk_id: passage.id,
        document_id: passage.document_id,
        version: passage.version,
        filename: passage.filename,
        page: main.page,
        page_kind: main.kind,
        page_label: main.label,
        excerpt: cutText(passage.text, EXCERPT_CHARACTERS),
        score: passage.score,
      },
    ];
  });
}
