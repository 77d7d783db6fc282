import { readJson } from "../api/client.ts";
import { createLanes } from "../api/lanes.ts";
import type { Assistant, Conversation, LibraryDocument, List } from "../api/shapes.ts";
import { matches } from "./matches.ts";

/** Results shown of a kind, and assistants whose conversations are looked through. */
const SHOWN = 6;
const ASKED = 8;

export type Found = { documents: LibraryDocument[]; assistants: Assistant[]; conversations: Conversation[] };

export const NOTHING: Found = { documents: [], assistants: [], conversations: [] };

/** What has a text in its name; the newest of everything for an empty one. Throws `ApiProblem`. */
export async function findEverywhere(text: string, signal: AbortSignal): Promise<Found> {
  const query = new URLSearchParams({ limit: String(SHOWN), ...(text ? { q: text } : {}) });
  const [documents, everyone] = await Promise.all([
    readJson<List<LibraryDocument>>(`/documents?${query}`, { signal }),
    readJson<List<Assistant>>("/assistants?limit=100", { signal }),
  ]);
  const inTurn = createLanes(3);
  const theirs = await Promise.all(
    everyone.data
      .slice(0, ASKED)
      .map(({ id }) =>
        inTurn(() => readJson<List<Conversation>>(`/chat/${id}/conversations?${query}`, { signal })),
      ),
  );
  return {
    documents: documents.data,
    assistants: everyone.data.filter(({ name }) => matches(name, text)).slice(0, SHOWN),
    conversations: theirs
      .flatMap(({ data }) => data)
      .sort((a, b) => b.updated_at.localeCompare(a.updated_at))
      .slice(0, SHOWN),
  };
}
