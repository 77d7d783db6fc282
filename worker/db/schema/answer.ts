import type { PageKind } from "../../ports/document-parser.ts";

/** A passage given to the model; `index` is the number it cites it by, from 1. */
export type Source = {
  index: number;
  chunk_id: string;
  document_id: string;
  version: number;
  filename: string;
  page: number;
  page_kind: PageKind;
  page_label: string | null;
  excerpt: string;
  score: number;
  /** Its document was deleted: the excerpt, the file's name and the page's label are taken out. */
  deleted?: true;
};

/** Why a cited sentence is not verified. */
export type Doubt =
  | "not_in_source"
  | "number_differs"
  | "unit_differs"
  | "date_differs"
  | "name_differs"
  | "negation_differs";

/**
 * An anchor: the sentence `answer[answer_start, answer_end)` rests on `page.text[char_start, char_end)`, which
 * is `quote` to the character. Offsets are UTF-16. `verified` is false, with the reason, when the quote is
 * only the nearest text of the cited passage and doesn't carry the sentence.
 */
export type Citation = {
  source: number;
  document_id: string;
  version: number;
  filename: string;
  page: number;
  page_kind: PageKind;
  page_label: string | null;
  char_start: number;
  char_end: number;
  quote: string;
  answer_start: number;
  answer_end: number;
  verified: boolean;
  reason: Doubt | null;
  /** Its document was deleted: the quote, the file's name and the page's label are taken out. */
  deleted?: true;
};

/** A sentence that cites nothing and that no passage carries. */
export type Unanchored = { answer_start: number; answer_end: number };

/** Which legs found the passages: full text and embeddings, or full text alone because the other one failed. */
export type RetrievalMode = "hybrid" | "full_text";

/** Tokens of one answer. `estimated`: the model's own count didn't arrive, as when the answer was interrupted. */
export type Usage = {
  embedding_tokens: number;
  prompt_tokens: number;
  completion_tokens: number;
  estimated?: boolean;
  /** Only where embeddings had no part in finding the passages. */
  retrieval?: "full_text";
};

/** Milliseconds since the request arrived at which each step had ended; null where it didn't happen. */
export type Timings = {
  auth: number;
  context: number;
  embed: number | null;
  retrieve: number | null;
  first_token: number | null;
  total: number;
};
