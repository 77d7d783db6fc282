/** The parts of mammoth's document tree that Ancre reads (mammoth/lib/documents.js; it ships no types for them). */
export type WordNode = {
  type: string;
  children?: WordNode[];
  value?: string;
  breakType?: string;
  styleId?: string | null;
  styleName?: string | null;
  numbering?: { isOrdered: boolean; level: string; numId?: string } | null;
  isAllCaps?: boolean;
  checked?: boolean;
  noteType?: string;
  noteId?: string;
  name?: string;
};

/** Name of the bookmark that stands where a tracked deletion was: mammoth itself leaves deletions out unseen. */
export const DELETION = "_ancre_deletion";

export type WordNote = { body: WordNode[] };

export type WordDocument = WordNode & {
  children: WordNode[];
  notes: { resolve(reference: WordNode): WordNote | null };
};

export function isWordDocument(value: unknown): value is WordDocument {
  return typeof value === "object" && value !== null && "children" in value && "notes" in value;
}
