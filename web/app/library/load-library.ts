import { readJson } from "../api/client.ts";
import type { Assistant, Collection, LibraryDocument, List } from "../api/shapes.ts";
import type { Locale } from "../i18n/locale.ts";

/** What the page stands on: the collections, the one on show with its documents, the assistants that read it. */
export type Workspace = {
  collections: Collection[];
  collection: Collection | null;
  documents: List<LibraryDocument>;
  assistants: Assistant[];
};

export function documentsPath(collectionId: string, cursor: string | null = null): string {
  const query = new URLSearchParams({ collection_id: collectionId, limit: "50" });
  if (cursor !== null) query.set("cursor", cursor);
  return `/documents?${query}`;
}

/** Throws `ApiProblem`. */
export async function loadWorkspace(wanted: string | null, locale: Locale): Promise<Workspace> {
  const [{ data: collections }, assistants] = await Promise.all([
    readJson<List<Collection>>("/collections?limit=100", { locale }),
    readJson<List<Assistant>>("/assistants?limit=100", { locale }),
  ]);
  const collection = collections.find(({ id }) => id === wanted) ?? collections[0] ?? null;
  const documents = collection
    ? await readJson<List<LibraryDocument>>(documentsPath(collection.id), { locale })
    : { data: [], next_cursor: null };
  const readers = assistants.data.filter(({ collection_ids }) =>
    collection_ids.some((id) => id === collection?.id),
  );
  return { collections, collection, documents, assistants: readers };
}
