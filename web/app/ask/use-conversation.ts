import { useEffect, useRef, useState } from "react";
import { callApi } from "../api/client.ts";
import { ApiProblem, asProblem, toProblem } from "../api/problem.ts";
import { readServerEvents } from "../api/server-events.ts";
import type { ChatEvent } from "../api/shapes.ts";
import type { Locale } from "../i18n/locale.ts";
import { applyEvent, createTurn, isAnswering, type Turn } from "./turn.ts";

export type Conversation = ReturnType<typeof useConversation>;

/** A conversation with one assistant: its turns, and asking, stopping, retrying, starting over. */
export function useConversation(ensureAssistant: () => Promise<string>, locale: Locale) {
  const [turns, setTurns] = useState<Turn[]>([]);
  const conversationId = useRef<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const update = (id: string, change: (turn: Turn) => Turn) =>
    setTurns((all) => all.map((turn) => (turn.id === id ? change(turn) : turn)));

  async function run({ id, question }: Turn): Promise<void> {
    const controller = new AbortController();
    abort.current = controller;
    const { signal } = controller;
    try {
      const path = `/chat/${await ensureAssistant()}/stream`;
      const known = conversationId.current;
      const body = { message: question, ...(known ? { conversation_id: known } : {}) };
      const response = await callApi(path, { locale, body, signal });
      for await (const event of chatEvents(response)) {
        // A conversation is kept once its first answer ends or is stopped; before that its id leads nowhere.
        if (event.event === "start") conversationId.current = event.data.conversation_id;
        update(id, (turn) => applyEvent(turn, event));
        if (event.event === "done") return;
      }
      throw new ApiProblem("interrupted");
    } catch (error) {
      if (signal.aborted) return update(id, (turn) => ({ ...turn, status: "stopped" }));
      const problem = asProblem(error);
      if (problem.code === "not_found") conversationId.current = null;
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
    conversationId.current = null;
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
