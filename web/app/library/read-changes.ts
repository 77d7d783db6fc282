import { readJson } from "../api/client.ts";
import type { LibraryDocument, List } from "../api/shapes.ts";

/** Documents of a look, at most: what changed before is shown when its row is loaded anew. */
const MAX_PAGES = 5;
/** A row's moment is that at which its transaction began: one that was still under way then shows later. Milliseconds. */
const OVERLAP_MS = 5_000;

/** A collection's documents that changed since a moment or little before it; all, up to a bound, without one. */
export async function readChanges(
  collectionId: string,
  since: string | null,
  signal: AbortSignal,
): Promise<LibraryDocument[]> {
  const from = since === null ? "" : new Date(Date.parse(since) - OVERLAP_MS).toISOString();
  const changed: LibraryDocument[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = new URLSearchParams({ collection_id: collectionId, sort: "updated", limit: "100" });
    if (cursor) query.set("cursor", cursor);
    const found: List<LibraryDocument> = await readJson(`/documents?${query}`, { signal });
    const fresh = found.data.filter(({ updated_at }) => updated_at >= from);
    changed.push(...fresh);
    cursor = found.next_cursor;
    if (cursor === null || fresh.length < found.data.length) break;
  }
  return changed;
}
