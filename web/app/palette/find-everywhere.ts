import { readJson } from "../api/client.ts";
import type { Assistant, Conversation, LibraryDocument, List } from "../api/shapes.ts";
import { matches } from "./matches.ts";

/** Results shown of a kind. */
const SHOWN = 6;

export type Found = { documents: LibraryDocument[]; assistants: Assistant[]; conversations: Conversation[] };

export const NOTHING: Found = { documents: [], assistants: [], conversations: [] };

/** What has a text in its name; the newest of everything for an empty one. Throws `ApiProblem`. */
export async function findEverywhere(text: string, signal: AbortSignal): Promise<Found> {
  const query = new URLSearchParams({ limit: String(SHOWN), ...(text ? { q: text } : {}) });
  const [documents, assistants, conversations] = await Promise.all([
    readJson<List<LibraryDocument>>(`/documents?${query}`, { signal }),
    readJson<List<Assistant>>("/assistants?limit=100", { signal }),
    readJson<List<Conversation>>(`/conversations?${query}`, { signal }),
  ]);
  return {
    documents: documents.data,
    assistants: assistants.data.filter(({ name }) => matches(name, text)).slice(0, SHOWN),
    conversations: conversations.data,
  };
}
