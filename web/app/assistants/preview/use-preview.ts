import { useEffect, useRef, useState } from "react";
import { callApi } from "../../api/client.ts";
import { ApiProblem, asProblem, toProblem } from "../../api/problem.ts";
import { readServerEvents } from "../../api/server-events.ts";
import type { ChatEvent } from "../../api/shapes.ts";
import { applyEvent, createTurn, isAnswering, type Turn } from "../../ask/turn.ts";
import { type Draft, inputOf } from "../draft.ts";

/** Turns that a follow-up brings along, and characters of each part: what the API takes. */
const MAX_TURNS = 4;
const MAX_TURN_CHARACTERS = 8_000;

/** A conversation with a draft: each question is answered by the draft as it stands then, and nothing is kept. */
export function usePreview(draft: Draft) {
  const [turns, setTurns] = useState<Turn[]>([]);
  const [unsent, setUnsent] = useState<{ question: string; problem: ApiProblem } | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const update = (id: string, change: (turn: Turn) => Turn) =>
    setTurns((before) => before.map((turn) => (turn.id === id ? change(turn) : turn)));

  async function ask(question: string, before: Turn[] = turns): Promise<void> {
    const turn = createTurn(question);
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setUnsent(null);
    setTurns([...before, turn]);
    let hasBegun = false;
    try {
      const body = bodyOf(draft, question, before);
      const response = await callApi("/assistants/preview/stream", { body, signal });
      hasBegun = true;
      for await (const event of answerEvents(response)) {
        update(turn.id, (begun) => applyEvent(begun, event));
        if (event.event === "done") return;
      }
      throw new ApiProblem("interrupted");
    } catch (error) {
      if (signal.aborted) return update(turn.id, (begun) => ({ ...begun, status: "stopped" }));
      const problem = asProblem(error);
      if (hasBegun) return update(turn.id, (begun) => ({ ...begun, status: "failed", problem }));
      setTurns(before);
      setUnsent({ question, problem });
    }
  }

  const last = turns.at(-1);
  return {
    turns,
    unsent,
    isAnswering: last !== undefined && isAnswering(last),
    ask: (question: string) => void ask(question),
    /** The last question once more, as the draft is now. */
    askAgain: () => {
      if (last) void ask(last.question, turns.slice(0, -1));
    },
    stop: () => running.current?.abort(),
    dropUnsent: () => setUnsent(null),
    startOver: () => {
      running.current?.abort();
      setTurns([]);
      setUnsent(null);
    },
  };
}

function bodyOf(draft: Draft, message: string, before: Turn[]) {
  const { system_prompt, model, temperature, top_k, policy, language, collection_ids } = inputOf(draft);
  const history = before
    .filter(({ status, text }) => status !== "failed" && text !== "")
    .slice(-MAX_TURNS)
    .map(({ question, text }) => ({ question, answer: text.slice(0, MAX_TURN_CHARACTERS).toWellFormed() }));
  return {
    ...{ message, history, system_prompt, model, temperature, top_k, policy, language },
    collection_ids,
  };
}

async function* answerEvents({ body }: Response): AsyncGenerator<ChatEvent, void> {
  if (!body) return;
  for await (const { event, data } of readServerEvents(body)) {
    if (event === "error") throw toProblem(data);
    yield { event, data } as ChatEvent;
  }
}
