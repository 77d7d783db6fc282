import { and, desc, eq, lt, or, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { AppError } from "../errors.ts";

export type PageRequest = { limit: number; cursor: string | null };
export type Page<T> = { data: T[]; next_cursor: string | null };

type Position = { at: Date; id: string };
type Columns = { at: PgColumn; id: PgColumn };

/** Newest first: the order of every list. */
export function newestFirst({ at, id }: Columns): [SQL, SQL] {
  return [desc(at), desc(id)];
}

/** Rows after the cursor in that order; `undefined` on the first page. Throws `invalid_request`. */
export function afterCursor({ at, id }: Columns, cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined;
  const position = decode(cursor);
  return or(lt(at, position.at), and(eq(at, position.at), lt(id, position.id)));
}

/** Cuts `limit` + 1 rows to a page and says where the next one begins. */
export function toPage<T>(rows: T[], limit: number, positionOf: (row: T) => Position): Page<T> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next_cursor: rows.length > limit && last ? encode(positionOf(last)) : null };
}

/** Where a list goes on that is in an order of its own: its cursors hold an ordinal instead of a moment. */
export function cursorOrdinal(cursor: string | null): number | null {
  return cursor === null ? null : decode(cursor).at.getTime();
}

function encode({ at, id }: Position): string {
  return btoa(`${at.getTime()}:${id}`).replace(/=+$/, "");
}

function decode(cursor: string): Position {
  const match = /^(\d{1,14}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(safeAtob(cursor));
  const [, time, id] = match ?? [];
  if (!time || !id) throw new AppError("invalid_request", "This cursor is not one that a list gave out.");
  return { at: new Date(Number(time)), id };
}

function safeAtob(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
