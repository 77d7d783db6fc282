import type { Citation, Doubt, Source, Unanchored } from "../../../worker/db/schema/answer.ts";
import type { DocumentPageSchema, DocumentSchema } from "../../../worker/http/schemas/document.ts";
import type { ChatEvent, Done } from "../../../worker/services/chat/events.ts";

/** What JSON makes of a value. */
type Wire<T> = T extends Date ? string : T extends object ? { [Key in keyof T]: Wire<T[Key]> } : T;

export type { ChatEvent, Citation, Done, Doubt, Source, Unanchored };

export type LibraryDocument = Wire<(typeof DocumentSchema)["_output"]>;
export type DocumentPage = Wire<(typeof DocumentPageSchema)["_output"]>;

export type Collection = { id: string; name: string; documents_count: number };
export type Assistant = {
  id: string;
  name: string;
  greeting: string;
  suggested_questions: string[];
  collection_ids: string[];
};

export type List<T> = { data: T[]; next_cursor: string | null };
