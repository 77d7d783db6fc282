import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { Assistant, Collection } from "../api/shapes.ts";

/** The id of the assistant to ask: the one chosen, or one made at the first question where there is none. */
export function useAssistant(chosen: Assistant | null, collections: Collection[]): () => Promise<string> {
  const { t } = useTranslation("ask");
  const made = useRef<Promise<string> | null>(null);
  return function ensureAssistant() {
    if (chosen) return Promise.resolve(chosen.id);
    const body = { name: t("newAssistantName"), collection_ids: collections.map(({ id }) => id) };
    made.current ??= readJson<Assistant>("/assistants", { body }).then(({ id }) => id);
    made.current.catch(() => {
      made.current = null;
    });
    return made.current;
  };
}
