import { useEffect, useRef, useState } from "react";
import { callApi } from "../api/client.ts";
import { ApiProblem, asProblem, toProblem } from "../api/problem.ts";
import { readServerEvents } from "../api/server-events.ts";
import type { ChatEvent } from "../api/shapes.ts";
import type { Locale } from "../i18n/locale.ts";
import { applyEvent, createTurn, isAnswering, type Turn } from "./turn.ts";

export type Conversation = ReturnType<typeof useConversation>;

/**
 * A conversation with one assistant: its turns, and asking, stopping, retrying, starting over. Picking another
 * assistant starts over.
 */
export function useConversation(
  pickedAssistant: string | null,
  ensureAssistant: () => Promise<string>,
  locale: Locale,
) {
  const [turns, setTurns] = useState<Turn[]>([]);
  // With its assistant: another one answers 404 to it.
  const kept = useRef<{ id: string; assistantId: string } | null>(null);
  const abort = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: leaving an assistant, or the page, ends the conversation
  useEffect(() => startOver, [pickedAssistant]);

  const update = (id: string, change: (turn: Turn) => Turn) =>
    setTurns((all) => all.map((turn) => (turn.id === id ? change(turn) : turn)));

  async function run({ id, question }: Turn): Promise<void> {
    const controller = new AbortController();
    abort.current = controller;
    const { signal } = controller;
    try {
      const assistantId = await ensureAssistant();
      const known = kept.current?.assistantId === assistantId ? { conversation_id: kept.current.id } : {};
      const body = { message: question, ...known };
      const response = await callApi(`/chat/${assistantId}/stream`, { locale, body, signal });
      for await (const event of chatEvents(response)) {
        // A conversation is kept once its first answer ends or is stopped; before that its id leads nowhere.
        if (event.event === "start") kept.current = { id: event.data.conversation_id, assistantId };
        update(id, (turn) => applyEvent(turn, event));
        if (event.event === "done") return;
      }
      throw new ApiProblem("interrupted");
    } catch (error) {
      if (signal.aborted) return update(id, (turn) => ({ ...turn, status: "stopped" }));
      const problem = asProblem(error);
      if (problem.code === "not_found") kept.current = null;
      update(id, (turn) => ({ ...turn, status: "failed", problem }));
    }
  }

  function ask(question: string): void {
    const turn = createTurn(question);
    setTurns((all) => [...all, turn]);
    void run(turn);
  }

  /** Asks the question of a failed turn again, in its place. */
  function retry(failed: Turn): void {
    const turn = createTurn(failed.question);
    setTurns((all) => all.map((old) => (old.id === failed.id ? turn : old)));
    void run(turn);
  }

  function startOver(): void {
    abort.current?.abort();
    kept.current = null;
    setTurns([]);
  }

  const last = turns.at(-1);
  return {
    turns,
    isAnswering: last !== undefined && isAnswering(last),
    ask,
    retry,
    startOver,
    stop: () => abort.current?.abort(),
  };
}

async function* chatEvents({ body }: Response): AsyncGenerator<ChatEvent, void> {
  if (!body) return;
  for await (const { event, data } of readServerEvents(body)) {
    if (event === "error") throw toProblem(data);
    yield { event, data } as ChatEvent;
  }
}
