import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { documents } from "../../db/schema/documents.ts";
import { AppError } from "../../errors.ts";

export const DOCUMENT_SORTS = ["created", "updated", "name", "type", "size", "pages", "state"] as const;

export type DocumentOrder = { sort: (typeof DOCUMENT_SORTS)[number]; order: "asc" | "desc" };

/** What a list is ordered by, that value as its cursors write it, and how it is read out of one again. */
type Key = { column: SQLWrapper; written: SQL<string>; read: (text: string) => SQL | null };

const KEYS: Record<DocumentOrder["sort"], Key> = {
  created: moment(documents.created_at),
  updated: moment(documents.updated_at),
  name: words(sql`lower(unaccent(${documents.filename}))`),
  type: words(sql`${documents.media_type}`),
  size: whole(sql`${documents.size_bytes}`),
  pages: whole(sql`coalesce(${documents.pages_total}, -1)::bigint`),
  /** What needs somebody first. */
  state: whole(
    sql`(case ${documents.status} when 'failed' then 0 when 'processing' then 1 when 'queued' then 2 else 3 end)::bigint`,
  ),
};

/**
 * The terms of a list in an order: what to sort by, which rows come after the cursor, and the value that the next cursor
 * is made of. Throws `invalid_request` for a cursor that no such list gave out.
 */
export function orderDocuments({ sort, order }: DocumentOrder, cursor: string | null) {
  const { column, written, read } = KEYS[sort];
  const direction = order === "asc" ? sql`asc` : sql`desc`;
  return {
    by: [sql`${column} ${direction}`, sql`${documents.id} ${direction}`],
    after: cursor === null ? undefined : afterPosition(column, order, decode(cursor, read)),
    written,
  };
}

/** Points behind a row, by its written value and its id. */
export function encodePosition(value: string, id: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${value}:${id}`))).replace(/=+$/, "");
}

function afterPosition(
  column: SQLWrapper,
  order: DocumentOrder["order"],
  at: { value: SQL; id: string },
): SQL {
  const beyond = order === "asc" ? sql`>` : sql`<`;
  return sql`(${column}, ${documents.id}) ${beyond} (${at.value}, ${at.id}::uuid)`;
}

function decode(cursor: string, read: Key["read"]): { value: SQL; id: string } {
  const match = /^(.*):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/s.exec(readBase64(cursor));
  const [, written, id] = match ?? [];
  const value = written === undefined ? null : read(written);
  if (value === null || !id) {
    throw new AppError("invalid_request", "This cursor is not one that a list in this order gave out.");
  }
  return { value, id };
}

function readBase64(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "";
  }
}

/** Cursors hold milliseconds, which is all that the column does. */
function moment(column: SQLWrapper): Key {
  return {
    column,
    written: sql`(extract(epoch from ${column}) * 1000)::bigint::text`,
    read: (text) => (/^\d{1,14}$/.test(text) ? sql`to_timestamp(${text}::bigint / 1000.0)` : null),
  };
}

function whole(column: SQL): Key {
  return {
    column,
    written: sql`${column}::text`,
    read: (text) => (/^-?\d{1,15}$/.test(text) ? sql`${text}::bigint` : null),
  };
}

function words(column: SQL): Key {
  return {
    column,
    written: sql`${column}`,
    read: (text) => (text.includes("\0") ? null : sql`${text}::text`),
  };
}
