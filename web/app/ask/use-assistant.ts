import { useRef } from "react";
import { readJson } from "../api/client.ts";
import type { Assistant } from "../api/shapes.ts";
import type { Locale } from "../i18n/locale.ts";
import { messagesOf } from "../i18n/messages.ts";

/** The id of the assistant to ask: the one chosen, or one made at the first question where there is none. */
export function useAssistant(
  chosen: Assistant | null,
  ensureCollection: () => Promise<string>,
  locale: Locale,
): () => Promise<string> {
  const made = useRef<Promise<string> | null>(null);
  return function ensureAssistant() {
    if (chosen) return Promise.resolve(chosen.id);
    made.current ??= create();
    made.current.catch(() => {
      made.current = null;
    });
    return made.current;
  };

  async function create(): Promise<string> {
    const body = { name: messagesOf(locale).newAssistantName, collection_ids: [await ensureCollection()] };
    const { id } = await readJson<Assistant>("/assistants", { locale, body });
    return id;
  }
}
