import type { ApiProblem } from "../api/problem.ts";
import type { LibraryDocument, List } from "../api/shapes.ts";

/** A file that isn't a document yet. */
export type Upload = { key: string; file: File; state: "waiting" | "sending"; problem: ApiProblem | null };

export type LibraryState = { uploads: Upload[]; documents: LibraryDocument[]; nextCursor: string | null };

export type LibraryAction =
  | { type: "loaded"; page: List<LibraryDocument> }
  | { type: "more"; page: List<LibraryDocument> }
  | { type: "uploads-added"; uploads: Upload[] }
  | { type: "upload-changed"; key: string; state: Upload["state"]; problem: ApiProblem | null }
  | { type: "upload-gone"; key: string }
  | { type: "upload-taken"; key: string; document: LibraryDocument }
  | { type: "document-changed"; document: LibraryDocument }
  | { type: "document-gone"; id: string };

export function emptyLibrary(page: List<LibraryDocument>): LibraryState {
  return { uploads: [], documents: page.data, nextCursor: page.next_cursor };
}

export function reduceLibrary(state: LibraryState, action: LibraryAction): LibraryState {
  const { uploads, documents } = state;
  switch (action.type) {
    case "loaded":
      return { ...state, documents: action.page.data, nextCursor: action.page.next_cursor };
    case "more": {
      const known = new Set(documents.map(({ id }) => id));
      const fresh = action.page.data.filter(({ id }) => !known.has(id));
      return { ...state, documents: [...documents, ...fresh], nextCursor: action.page.next_cursor };
    }
    case "uploads-added":
      return { ...state, uploads: [...uploads, ...action.uploads] };
    case "upload-changed": {
      const { key, state: progress, problem } = action;
      const changed = uploads.map((upload) =>
        upload.key === key ? { ...upload, state: progress, problem } : upload,
      );
      return { ...state, uploads: changed };
    }
    case "upload-gone":
      return { ...state, uploads: uploads.filter(({ key }) => key !== action.key) };
    case "upload-taken": {
      const others = documents.filter(({ id }) => id !== action.document.id);
      const waiting = uploads.filter(({ key }) => key !== action.key);
      return { ...state, uploads: waiting, documents: [action.document, ...others] };
    }
    case "document-changed": {
      const { document } = action;
      return { ...state, documents: documents.map((old) => (old.id === document.id ? document : old)) };
    }
    case "document-gone":
      return { ...state, documents: documents.filter(({ id }) => id !== action.id) };
  }
}

/** Whether Ancre still works on a document. */
export function isUnderway({ status }: LibraryDocument): boolean {
  return status === "queued" || status === "processing";
}
