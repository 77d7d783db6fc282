import { readJson } from "../api/client.ts";
import type { Collection, LibraryDocument, List } from "../api/shapes.ts";

/** What the page stands on: the collections, and the one on show with its documents. */
export type LibraryData = {
  collections: Collection[];
  collection: Collection | null;
  documents: List<LibraryDocument>;
};

export function documentsPath(collectionId: string, cursor: string | null = null): string {
  const query = new URLSearchParams({ collection_id: collectionId, limit: "50" });
  if (cursor !== null) query.set("cursor", cursor);
  return `/documents?${query}`;
}

/** Throws `ApiProblem`. */
export async function loadLibrary(wanted: string | null): Promise<LibraryData> {
  const { data: collections } = await readJson<List<Collection>>("/collections?limit=100");
  const collection = collections.find(({ id }) => id === wanted) ?? collections[0] ?? null;
  const documents = collection
    ? await readJson<List<LibraryDocument>>(documentsPath(collection.id))
    : { data: [], next_cursor: null };
  return { collections, collection, documents };
}
