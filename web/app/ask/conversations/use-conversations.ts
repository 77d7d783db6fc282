import { useEffect, useState } from "react";
import { callApi, readJson } from "../../api/client.ts";
import { type ApiProblem, asProblem } from "../../api/problem.ts";
import { session } from "../../api/session.ts";
import type { Conversation, List } from "../../api/shapes.ts";
import { keyOf } from "../threads.ts";
import { threads, useSettled } from "../use-thread.ts";

/** Pause in typing after which the list is searched. Milliseconds. */
const PAUSE_MS = 250;

type State = {
  conversations: Conversation[];
  nextCursor: string | null;
  problem: ApiProblem | null;
  isLoading: boolean;
};

const START: State = { conversations: [], nextCursor: null, problem: null, isLoading: true };

/** One's conversations with an assistant, the last used first, by words of their title. */
export function useConversations(assistantId: string | null, query: string) {
  const [state, setState] = useState<State>(START);
  const settled = useSettled();
  const [attempt, setAttempt] = useState(0);
  const base = `/chat/${assistantId}/conversations`;

  function pathOf(cursor: string | null): string {
    const search = new URLSearchParams({ limit: "30" });
    if (query.trim() !== "") search.set("q", query.trim());
    if (cursor) search.set("cursor", cursor);
    return `${base}?${search}`;
  }

  useEffect(() => session.onReturn(() => setAttempt((n) => n + 1)), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another assistant's list begins anew
  useEffect(() => setState(START), [assistantId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was settled or asked for again is looked up again
  useEffect(() => {
    if (!assistantId) return setState({ ...START, isLoading: false });
    const controller = new AbortController();
    const { signal } = controller;
    const timer = setTimeout(
      () => {
        readJson<List<Conversation>>(pathOf(null), { signal }).then(
          ({ data, next_cursor }) =>
            setState({ conversations: data, nextCursor: next_cursor, problem: null, isLoading: false }),
          (error: unknown) => {
            if (!signal.aborted) setState((now) => ({ ...now, problem: asProblem(error), isLoading: false }));
          },
        );
      },
      query === "" ? 0 : PAUSE_MS,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [assistantId, query, settled, attempt]);

  return {
    ...state,
    retry: () => setAttempt((n) => n + 1),
    async showMore(): Promise<void> {
      const more = await readJson<List<Conversation>>(pathOf(state.nextCursor));
      setState((now) => ({
        ...now,
        conversations: [...now.conversations, ...more.data],
        nextCursor: more.next_cursor,
      }));
    },
    async rename(id: string, title: string): Promise<void> {
      await callApi(`${base}/${id}`, { method: "PATCH", body: { title } });
      setState((now) => ({
        ...now,
        conversations: now.conversations.map((old) => (old.id === id ? { ...old, title } : old)),
      }));
    },
    async remove(id: string): Promise<void> {
      await callApi(`${base}/${id}`, { method: "DELETE" }).catch((error: unknown) => {
        if (asProblem(error).code !== "not_found") throw error;
      });
      threads.forget(keyOf(assistantId, id));
      setState((now) => ({ ...now, conversations: now.conversations.filter((old) => old.id !== id) }));
    },
  };
}
