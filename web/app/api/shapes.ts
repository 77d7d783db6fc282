import type {
  Citation,
  Doubt,
  Source,
  Timings,
  Unanchored,
  Usage,
} from "../../../worker/db/schema/answer.ts";
import type { DocumentPageSchema, DocumentSchema } from "../../../worker/http/schemas/document.ts";

/** What JSON makes of a value. */
type Wire<T> = T extends Date ? string : T extends object ? { [Key in keyof T]: Wire<T[Key]> } : T;

export type { Citation, Doubt, Source, Unanchored };

export type LibraryDocument = Wire<(typeof DocumentSchema)["_output"]>;
export type DocumentPage = Wire<(typeof DocumentPageSchema)["_output"]>;
export type PageKind = DocumentPage["kind"];

export type Collection = { id: string; name: string; documents_count: number };
export type Assistant = {
  id: string;
  name: string;
  greeting: string;
  suggested_questions: string[];
  collection_ids: string[];
};

export type List<T> = { data: T[]; next_cursor: string | null };

export type AnswerDone = {
  finish_reason: "stop" | "length" | "content_filter" | "refused";
  refused: boolean;
  unanchored: Unanchored[];
  usage: Usage;
  timings: Timings;
};

export type ChatEvent =
  | { event: "start"; data: { conversation_id: string; message_id: string } }
  | { event: "sources"; data: Source[] }
  | { event: "delta"; data: { text: string } }
  | { event: "citation"; data: Citation }
  | { event: "done"; data: AnswerDone };
