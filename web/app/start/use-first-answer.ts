import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import type { Assistant, Feedback, LibraryDocument } from "../api/shapes.ts";
import { isThreadAnswering, keyOf } from "../ask/threads.ts";
import { threads } from "../ask/use-thread.ts";
import { anchorsOfCitations } from "../source/anchor.ts";
import type { SourceControl } from "../source/source-panel.tsx";

/** Where the first conversation is kept until it has an id. */
const KEY = "start/new";

/**
 * The first question's conversation, with an assistant that is made for it where none reads the document yet. Beside a
 * wide page the first anchor of its answer opens by itself.
 */
export function useFirstAnswer(
  document: LibraryDocument,
  suggestions: string[],
  known: { assistants: Assistant[]; source: SourceControl; isWide: boolean },
) {
  const { t } = useTranslation("start");
  const made = useRef<Promise<string> | null>(null);
  const [begun, setBegun] = useState<{ key: string; path: string } | null>(null);
  const key = begun?.key ?? KEY;
  const thread = useSyncExternalStore(
    threads.subscribe,
    () => threads.get(key),
    () => threads.get(key),
  );
  const turn = thread.turns.at(-1) ?? null;
  useOpenedSource(turn, known);

  function ensureAssistant(): Promise<string> {
    const reader = known.assistants.find(({ collection_ids }) =>
      collection_ids.includes(document.collection_id),
    );
    if (reader) return Promise.resolve(reader.id);
    const body = {
      name: t("assistantName"),
      collection_ids: [document.collection_id],
      suggested_questions: suggestions,
    };
    made.current ??= readJson<Assistant>("/assistants", { body }).then(({ id }) => id);
    made.current.catch(() => {
      made.current = null;
    });
    return made.current;
  }

  return {
    turn,
    unsent: thread.unsent,
    isAnswering: isThreadAnswering(thread),
    /** Where the conversation goes on; null before it began. */
    path: begun?.path ?? null,
    ask: (question: string) =>
      void threads.ask(key, {
        question,
        assistantId: ensureAssistant,
        onStart: (assistantId, id) =>
          setBegun({ key: keyOf(assistantId, id), path: `/ask/${assistantId}/${id}` }),
      }),
    rate: (id: string, feedback: Feedback | null) => threads.rate(key, id, feedback),
    stop: () => threads.stop(key),
    dropUnsent: () => threads.dropUnsent(key),
  };
}

/** Opens the first anchor that holds once the answer is whole, where it covers nothing. */
function useOpenedSource(
  turn: ReturnType<typeof threads.get>["turns"][number] | null,
  { source, isWide }: { source: SourceControl; isWide: boolean },
) {
  const latest = useRef(source);
  latest.current = source;
  const wasWriting = useRef(false);
  const status = turn?.status;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the answer comes to its end
  useEffect(() => {
    if (status === "done" && wasWriting.current && turn && isWide) {
      const anchors = anchorsOfCitations(turn.id, turn.citations);
      const quotes = turn.citations.filter(({ verified }) => verified).map(({ quote }) => quote);
      const first = anchors.findIndex(({ quote }) => quotes.includes(quote));
      if (first !== -1) latest.current.open(anchors, first);
    }
    wasWriting.current = status !== "done";
  }, [status]);
}
