import type { LibraryDocument, List } from "../api/shapes.ts";

/** The documents loaded so far, in the order on show, and where the list goes on. */
export type Rows = { documents: LibraryDocument[]; nextCursor: string | null };

export type RowsAction =
  | { type: "loaded"; page: List<LibraryDocument> }
  | { type: "more"; page: List<LibraryDocument> }
  | { type: "changed"; documents: LibraryDocument[]; newOnTop: boolean }
  | { type: "gone"; ids: Set<string> };

export function rowsOf({ data, next_cursor }: List<LibraryDocument>): Rows {
  return { documents: data, nextCursor: next_cursor };
}

export function reduceRows(rows: Rows, action: RowsAction): Rows {
  const { documents } = rows;
  switch (action.type) {
    case "loaded":
      return rowsOf(action.page);
    case "more": {
      // What moved between two pages is listed once.
      const known = new Set(documents.map(({ id }) => id));
      const fresh = action.page.data.filter(({ id }) => !known.has(id));
      return { documents: [...documents, ...fresh], nextCursor: action.page.next_cursor };
    }
    case "changed": {
      const changed = new Map(action.documents.map((document) => [document.id, document]));
      const known = new Set(documents.map(({ id }) => id));
      const fresh = action.newOnTop ? action.documents.filter(({ id }) => !known.has(id)) : [];
      fresh.sort((a, b) => b.created_at.localeCompare(a.created_at));
      return { ...rows, documents: [...fresh, ...documents.map((old) => changed.get(old.id) ?? old)] };
    }
    case "gone":
      return { ...rows, documents: documents.filter(({ id }) => !action.ids.has(id)) };
  }
}
