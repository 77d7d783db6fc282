import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Locale } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { importEntries } from "../../db/schema/imports.ts";
import { derivedId } from "../derived-id.ts";
import { failureSentence } from "../documents/failure.ts";
import type { EntryState } from "./entry-state.ts";
import { importSentence } from "./sentences.ts";

export type ImportEntry = {
  id: string;
  name: string;
  folder: string;
  state: EntryState;
  document_id: string | null;
  error_code: string | null;
  error_message: string | null;
  size_bytes: number | null;
  updated_at: Date;
};

/** Marks an entry whose document is to be read once more. */
export const RETRYING = "retrying";

/** The entry's own document, whether or not the entry has been told of it yet: the row is what is true. */
export const ownDocument: SQL = sql`${and(
  eq(documents.id, importEntries.document_id),
  inArray(importEntries.state, ["pending", "taken", "cancelled"]),
  sql`${importEntries.error_code} is distinct from ${RETRYING}`,
)}`;

/** An entry's state for readers; takes `documents` joined by `ownDocument`. */
export const shownState = sql<EntryState>`case
  when ${documents.status} in ('queued', 'processing') then 'reading'
  when ${documents.status} in ('ready', 'failed') then ${documents.status}
  when ${importEntries.state} = 'taken' then 'skipped'
  else ${importEntries.state} end`;

/** The columns that `toEntry` reads. */
export const entryColumns = {
  id: importEntries.id,
  ordinal: importEntries.ordinal,
  name: importEntries.name,
  folder: importEntries.folder,
  stored: importEntries.state,
  state: shownState,
  document_id: importEntries.document_id,
  error_code: importEntries.error_code,
  document_error: documents.error_code,
  size_bytes: importEntries.size_bytes,
  updated_at: importEntries.updated_at,
};

type Row = { [Column in keyof typeof entryColumns]: unknown } & {
  stored: (typeof importEntries.$inferSelect)["state"];
  document_error: string | null;
} & Pick<
    ImportEntry,
    "id" | "name" | "folder" | "state" | "document_id" | "error_code" | "size_bytes" | "updated_at"
  >;

/** An entry as the API shows it; a failure's sentence is in the reader's language. */
export function toEntry(row: Row, locale: Locale): ImportEntry {
  const { id, name, folder, state, size_bytes, updated_at } = row;
  const hasDocument =
    state === "reading" || state === "ready" || state === "duplicate" || row.document_error !== null;
  const deleted = state === "skipped" && row.stored === "taken";
  const own = row.error_code === RETRYING || state === "pending" ? null : row.error_code;
  const error_code = row.document_error ?? (deleted ? "document_deleted" : own);
  const sentence = row.document_error ? failureSentence : importSentence;
  return {
    id,
    name,
    folder,
    state,
    document_id: hasDocument ? row.document_id : null,
    error_code,
    error_message: error_code === null ? null : sentence(error_code, locale),
    size_bytes,
    updated_at,
  };
}

/** What is known of an entry when it is listed. `state` and `error_code` where nothing is to be done about it. */
export type ListedEntry = Pick<typeof importEntries.$inferInsert, "ordinal" | "name"> &
  Partial<
    Pick<typeof importEntries.$inferInsert, "folder" | "state" | "error_code" | "locator" | "size_bytes">
  >;

/** Rows of entries. Their ids, and those of their documents, follow from the import and the ordinal: listing twice makes the same. */
export async function entryRows(
  tenantId: string,
  importId: string,
  listed: ListedEntry[],
): Promise<Array<typeof importEntries.$inferInsert>> {
  return Promise.all(
    listed.map(async (entry) => ({
      state: "pending" as const,
      ...entry,
      id: await derivedId(`import-entry:${importId}:${entry.ordinal}`),
      tenant_id: tenantId,
      import_id: importId,
      document_id: await derivedId(`import-document:${importId}:${entry.ordinal}`),
    })),
  );
}
