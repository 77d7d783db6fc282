import { callApi, readJson } from "../api/client.ts";
import { ApiProblem, asProblem, toProblem } from "../api/problem.ts";
import { readServerEvents } from "../api/server-events.ts";
import type { ChatEvent, Conversation, Feedback, Message } from "../api/shapes.ts";
import { applyEvent, createTurn, isAnswering, type Turn, turnOfMessage } from "./turn.ts";

/** One conversation as the page holds it. `id` is null until its first answer begins. */
export type Thread = {
  id: string | null;
  status: "loading" | "ready" | "failed";
  problem: ApiProblem | null;
  turns: Turn[];
  /** A question that nothing came of: it goes back to where it was written. */
  unsent: { question: string; problem: ApiProblem } | null;
};

const EMPTY: Thread = { id: null, status: "ready", problem: null, turns: [], unsent: null };
const LOADING: Thread = { ...EMPTY, status: "loading" };

/** An answer that was stopped or cut off by a reload is kept a moment later, and its conversation with it. Milliseconds. */
const SETTLING_MS = 1_200;

/** How often a conversation that may be about to be kept is looked for again. */
const MAX_LOOKS = 5;

export type Ask = {
  question: string;
  /** The assistant's id, made at the first question where there is none. */
  assistantId: () => Promise<string>;
  revises?: string;
  onStart: (assistantId: string, conversationId: string) => void;
};

/**
 * The conversations of this visit, in memory: an answer goes on being written while the reader is on another page.
 * A key names a conversation, or the one that isn't begun yet.
 */
export function createThreads() {
  const threads = new Map<string, Thread>();
  const running = new Map<string, AbortController>();
  /** Where a thread that has just got its id went, until the page shows it there. */
  const moved = new Map<string, string>();
  const listeners = new Set<() => void>();
  let settled = 0;

  function put(key: string, thread: Thread): void {
    threads.set(key, thread);
    for (const listener of listeners) listener();
  }

  const update = (key: string, change: (thread: Thread) => Partial<Thread>) => {
    const thread = threads.get(key) ?? EMPTY;
    put(key, { ...thread, ...change(thread) });
  };

  function updateTurn(key: string, id: string, change: (turn: Turn) => Turn): void {
    update(key, ({ turns }) => ({ turns: turns.map((turn) => (turn.id === id ? change(turn) : turn)) }));
  }

  async function load(key: string, assistantId: string, id: string): Promise<void> {
    put(key, { ...LOADING, id });
    const path = `/chat/${assistantId}/conversations/${id}`;
    const read = () => readJson<Conversation & { messages: Message[] }>(path);
    try {
      const { messages } = await onceKept(read, 1);
      put(key, { ...EMPTY, id, turns: messages.map(turnOfMessage) });
    } catch (error) {
      put(key, { ...EMPTY, id, status: "failed", problem: asProblem(error) });
    }
  }

  async function ask(firstKey: string, { question, assistantId, revises, onStart }: Ask): Promise<void> {
    const turn = createTurn(question, revises ?? null);
    const controller = new AbortController();
    const { signal } = controller;
    let key = firstKey;
    let turnId = turn.id;
    let hasBegun = false;
    running.set(key, controller);
    update(key, ({ turns }) => ({ turns: [...turns, turn], unsent: null }));
    try {
      const assistant = await assistantId();
      const known = threads.get(key)?.id;
      const isKnown = threads.get(key)?.turns.some(({ id, hasBegun }) => id === revises && hasBegun);
      const body = {
        message: question,
        ...(known ? { conversation_id: known } : {}),
        ...(isKnown ? { revises } : {}),
      };
      const send = () => callApi(`/chat/${assistant}/stream`, { body, signal });
      const wasStopped = threads
        .get(key)
        ?.turns.some(({ status }) => status === "stopped" || status === "failed");
      const response = await onceKept(send, wasStopped ? MAX_LOOKS : 0);
      for await (const event of chatEvents(response)) {
        if (event.event === "start") {
          const { conversation_id: id, message_id: messageId } = event.data;
          hasBegun = true;
          updateTurn(key, turnId, (begun) => ({ ...begun, id: messageId, hasBegun: true }));
          turnId = messageId;
          if (!known) {
            key = moveTo(key, keyOf(assistant, id), id);
            onStart(assistant, id);
          }
        }
        updateTurn(key, turnId, (begun) => applyEvent(begun, event));
        if (event.event === "done") return;
      }
      throw new ApiProblem("interrupted");
    } catch (error) {
      if (signal.aborted) return updateTurn(key, turnId, (begun) => ({ ...begun, status: "stopped" }));
      const problem = asProblem(error);
      if (hasBegun) return updateTurn(key, turnId, (begun) => ({ ...begun, status: "failed", problem }));
      update(key, ({ turns }) => ({
        turns: turns.filter(({ id }) => id !== turnId),
        unsent: { question, problem },
      }));
    } finally {
      if (running.get(key) === controller) running.delete(key);
      settled += 1;
      for (const listener of listeners) listener();
    }
  }

  /** Keeps what the reader thinks of an answer: at once on the page, taken back where it couldn't be kept. Throws `ApiProblem`. */
  async function rate(key: string, id: string, feedback: Feedback | null): Promise<void> {
    const before = threads.get(key)?.turns.find((turn) => turn.id === id)?.feedback ?? null;
    const show = (shown: Feedback | null) => updateTurn(key, id, (turn) => ({ ...turn, feedback: shown }));
    show(feedback);
    const body = feedback ? { ...feedback, comment: feedback.comment ?? "" } : { rating: null };
    const [assistantId] = key.split("/");
    await callApi(`/chat/${assistantId}/messages/${id}/feedback`, { body }).catch((error: unknown) => {
      show(before);
      throw asProblem(error);
    });
  }

  /** A thread that has got its id goes by it. */
  function moveTo(from: string, to: string, id: string): string {
    const thread = threads.get(from) ?? EMPTY;
    const controller = running.get(from);
    running.delete(from);
    if (controller) running.set(to, controller);
    threads.delete(from);
    moved.set(from, to);
    put(to, { ...thread, id });
    return to;
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get: (key: string): Thread => threads.get(moved.get(key) ?? key) ?? EMPTY,
    has: (key: string) => threads.has(key),
    /** Told that the page shows a thread by its own key: the place it came from is free for another. */
    arrive(key: string): void {
      for (const [from, to] of moved) if (to === key) moved.delete(from);
    },
    /** Grows whenever an answer has come to its end, so that lists know to look again. */
    settled: () => settled,
    load,
    ask,
    rate: (key: string, id: string, feedback: Feedback | null) => rate(moved.get(key) ?? key, id, feedback),
    stop: (key: string) => running.get(moved.get(key) ?? key)?.abort(),
    dropUnsent: (key: string) => update(key, () => ({ unsent: null })),
    /** Forgets what is kept of a conversation, so that it is loaded anew, or not at all. */
    forget(key: string): void {
      moved.delete(key);
      running.get(key)?.abort();
      threads.delete(key);
      for (const listener of listeners) listener();
    },
  };
}

export function keyOf(assistantId: string | null, conversationId: string | null): string {
  return `${assistantId ?? "none"}/${conversationId ?? "new"}`;
}

export function isThreadAnswering({ turns }: Thread): boolean {
  const last = turns.at(-1);
  return last !== undefined && isAnswering(last);
}

/** Calls again, after a moment and at most so many times, while what is called for isn't there. */
async function onceKept<T>(call: () => Promise<T>, looks: number): Promise<T> {
  for (let left = looks; ; left -= 1) {
    try {
      return await call();
    } catch (error) {
      if (left === 0 || asProblem(error).code !== "not_found") throw error;
      await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    }
  }
}

async function* chatEvents({ body }: Response): AsyncGenerator<ChatEvent, void> {
  if (!body) return;
  for await (const { event, data } of readServerEvents(body)) {
    if (event === "error") throw toProblem(data);
    yield { event, data } as ChatEvent;
  }
}
