import { readJson } from "../api/client.ts";
import type { Assistant, Collection, LibraryDocument, List } from "../api/shapes.ts";

/** What an assistant has to answer from. */
export type Reading = {
  documents: number;
  /** When the newest document that is read was added; null while none is. */
  newest: string | null;
  isReadable: boolean;
};

export type AskData = {
  assistants: Assistant[];
  collections: Collection[];
  assistant: Assistant | null;
  reading: Reading;
};

/** What the page stands on; an assistant that isn't there any more gives way to the first. Throws `ApiProblem`. */
export async function loadAsk(wanted: string | null): Promise<AskData> {
  const [{ data: assistants }, { data: collections }] = await Promise.all([
    readJson<List<Assistant>>("/assistants?limit=100"),
    readJson<List<Collection>>("/collections?limit=100"),
  ]);
  const assistant = assistants.find(({ id }) => id === wanted) ?? assistants[0] ?? null;
  return { assistants, collections, assistant, reading: await loadReading(assistant, collections) };
}

async function loadReading(assistant: Assistant | null, collections: Collection[]): Promise<Reading> {
  // Before there is an assistant, the one to be made reads everything.
  const read = collections.filter(({ id }) => assistant?.collection_ids.includes(id) ?? true);
  const documents = read.reduce((sum, { documents_count }) => sum + documents_count, 0);
  const newest = await Promise.all(
    read
      .filter(({ documents_count }) => documents_count > 0)
      .map(({ id }) =>
        readJson<List<LibraryDocument>>(`/documents?collection_id=${id}&status=ready&limit=1`),
      ),
  );
  const moments = newest.flatMap(({ data }) => data.map(({ created_at }) => created_at)).sort();
  return { documents, newest: moments.at(-1) ?? null, isReadable: moments.length > 0 };
}
