import { readJson } from "../api/client.ts";
import type { Collection, LibraryDocument, List } from "../api/shapes.ts";
import { loadWords } from "../i18n/load-words.ts";
import { loadTray } from "../imports/import-tray-door.tsx";
import { documentsPath, type View } from "./view.ts";

export type LibraryData = {
  collections: Collection[];
  collection: Collection | null;
  documents: List<LibraryDocument>;
  view: View;
};

/** Collections with their documents, as the address asks for them. Throws `ApiProblem`. */
export async function loadLibrary(view: View): Promise<LibraryData> {
  const words = loadWords("library");
  // At hand when something is dropped, also should the network go until then.
  void loadTray().catch(() => undefined);
  const collections = await loadCollections();
  const collection = collections.find(({ id }) => id === view.collectionId) ?? collections[0] ?? null;
  const documents = collection
    ? await readJson<List<LibraryDocument>>(documentsPath(collection.id, view))
    : { data: [], next_cursor: null };
  await words;
  return { collections, collection, documents, view };
}

/** Every collection, newest first. */
export async function loadCollections(signal?: AbortSignal): Promise<Collection[]> {
  const collections: Collection[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: List<Collection> = await readJson(`/collections?limit=100${next}`, signal ? { signal } : {});
    collections.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return collections;
}
