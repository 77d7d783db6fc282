import { ne } from "drizzle-orm";
import type { Locale } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import type { ParseWarning } from "../../ports/document-parser.ts";
import { failureSentence, updateFailureSentence } from "./failure.ts";
import { foreignSentence } from "./foreign-sentence.ts";

type Row = typeof documents.$inferSelect;

export type Document = Pick<
  Row,
  | "id"
  | "collection_id"
  | "filename"
  | "media_type"
  | "size_bytes"
  | "sha256"
  | "language"
  | "status"
  | "error_code"
  | "pages_total"
  | "pages_done"
  | "chunks_total"
  | "chunks_done"
  | "version"
  | "published_version"
  | "failed_step"
  | "folder"
  | "source_url"
  | "import_id"
  | "created_at"
  | "updated_at"
> & { error_message: string | null; warnings: ParseWarning[] };

/** A document as the API shows it; a failure's sentence is in the reader's language. */
export function toDocument(row: Row, locale: Locale): Document {
  const { tenant_id: _tenant, storage_key: _key, ...shown } = row;
  return {
    ...shown,
    error_message: row.error_code === null ? null : sentenceOf(row, row.error_code, locale),
  };
}

function sentenceOf({ status, media_type }: Row, code: string, locale: Locale): string {
  // Of an update that failed the row shows the type of the version before it.
  if (status !== "failed") return updateFailureSentence(code, locale);
  const foreign = code === "unsupported" ? foreignSentence(media_type, locale) : null;
  return foreign ?? failureSentence(code, locale);
}

/** A document being deleted is gone for every reader. */
export const visible = ne(documents.status, "deleting");
