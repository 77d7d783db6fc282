import { useNavigate } from "@remix-run/react";
import { useEffect, useSyncExternalStore } from "react";
import { createThreads, isThreadAnswering, keyOf } from "./threads.ts";

/** One for the visit; the server renders none. */
export const threads = createThreads();

const EMPTY = threads.get("");

export type ThreadControl = ReturnType<typeof useThread>;

/**
 * The conversation that the address names, or the one that isn't begun yet, and what can be done in it. Once the
 * first answer begins, the address names it too.
 */
export function useThread(
  assistantId: string | null,
  conversationId: string | null,
  ensure: () => Promise<string>,
) {
  const navigate = useNavigate();
  const key = keyOf(assistantId, conversationId);
  const thread = useSyncExternalStore(
    threads.subscribe,
    () => threads.get(key),
    () => EMPTY,
  );
  useEffect(() => {
    threads.arrive(key);
    if (conversationId === null) threads.resume(key, showConversation(navigate));
    else if (assistantId && !threads.has(key)) void threads.load(key, assistantId, conversationId);
  }, [key, assistantId, conversationId, navigate]);

  function ask(question: string, revises?: string): void {
    const onStart = showConversation(navigate);
    void threads.ask(key, { question, assistantId: ensure, onStart, ...(revises ? { revises } : {}) });
  }

  return {
    ...thread,
    isAnswering: isThreadAnswering(thread),
    ask,
    stop: () => threads.stop(key),
    dropUnsent: () => threads.dropUnsent(key),
    reload: () => {
      if (assistantId && conversationId) void threads.load(key, assistantId, conversationId);
    },
  };
}

/** Puts a conversation that has begun into the address. */
function showConversation(navigate: ReturnType<typeof useNavigate>) {
  const askedAt = window.location.pathname;
  return (assistantId: string, id: string) => {
    // A reader who has gone elsewhere meanwhile isn't brought back.
    if (window.location.pathname === askedAt) navigate(`/ask/${assistantId}/${id}`, { replace: true });
  };
}

/** A number that changes whenever an answer has come to its end. */
export function useSettled(): number {
  return useSyncExternalStore(threads.subscribe, threads.settled, () => 0);
}
