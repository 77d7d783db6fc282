import { callApi, readJson } from "../api/client.ts";
import { createLanes } from "../api/lanes.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { Conversation, Feedback, Message } from "../api/shapes.ts";
import { followAnswer } from "./follow-answer.ts";
import { type PendingTurn, pendingTurns } from "./pending-turns.ts";
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

/** What isn't there may be about to be: an answer that is just being kept, or asked. Milliseconds. */
const SETTLING_MS = 1_200;

export type Ask = {
  question: string;
  /** The assistant's id, made at the first question where there is none. */
  assistantId: () => Promise<string>;
  revises?: string;
  onStart: OnStart;
};

/** Told that an answer has begun, which gives a new conversation its name. */
type OnStart = (assistantId: string, conversationId: string) => void;

/** An answer on its way: how to leave it, and what to name to the API to end it. */
type Running = { controller: AbortController; pending: PendingTurn | null };

/**
 * The conversations of this visit, in memory: an answer goes on being written while the reader is on another page.
 * A key names a conversation, or the one that isn't begun yet.
 */
export function createThreads() {
  const threads = new Map<string, Thread>();
  const running = new Map<string, Running>();
  /** What was stopped and may not be kept yet, by the conversation it is in. */
  const stopping = new Map<string, Promise<void>>();
  /** Where a thread that has just got its id went, until the page shows it there. */
  const moved = new Map<string, string>();
  const listeners = new Set<() => void>();
  /** A comment goes after the rating that it is on, which would take it away again. */
  const ratingInTurn = createLanes(1);
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
    const pending = pendingTurns.find(key);
    const path = `/chat/${assistantId}/conversations/${id}`;
    const read = () => readJson<Conversation & { messages: Message[] }>(path);
    try {
      const { messages } = await onceKept(read, pending ? 0 : 1);
      put(key, { ...EMPTY, id, turns: messages.map(turnOfMessage) });
      if (messages.some((message) => message.id === pending?.messageId)) return pendingTurns.drop(key);
    } catch (error) {
      const problem = asProblem(error);
      // The conversation is kept with its first answer, which may still be written.
      if (!pending || problem.code !== "not_found")
        return put(key, { ...EMPTY, id, status: "failed", problem });
      put(key, { ...EMPTY, id });
    }
    if (pending) await rejoin(key, pending, () => {});
  }

  /** Goes on showing an answer that was on its way when the page was left. */
  async function rejoin(key: string, pending: PendingTurn, onStart: OnStart): Promise<void> {
    const turn = createTurn(pending.body.message, pending.revises);
    const current: Running = { controller: new AbortController(), pending };
    update(key, ({ turns }) => ({ turns: [...turns, turn], unsent: null }));
    await follow(key, turn, current, async () => pending, onStart);
  }

  async function ask(key: string, { question, assistantId, revises, onStart }: Ask): Promise<void> {
    const turn = createTurn(question, revises ?? null);
    const current: Running = { controller: new AbortController(), pending: null };
    update(key, ({ turns }) => ({ turns: [...turns, turn], unsent: null }));
    const prepare = async (): Promise<PendingTurn> => {
      const assistant = await assistantId();
      await stopping.get(key);
      const known = threads.get(key)?.id;
      const isKnown = threads.get(key)?.turns.some(({ id, hasBegun }) => id === revises && hasBegun);
      const body = {
        message: question,
        turn_id: crypto.randomUUID(),
        ...(known ? { conversation_id: known } : {}),
        ...(isKnown && revises ? { revises } : {}),
      };
      return { assistantId: assistant, revises: revises ?? null, body, messageId: null };
    };
    await follow(key, turn, current, prepare, onStart);
  }

  /** Shows an answer as it comes, to its end. */
  async function follow(
    firstKey: string,
    turn: Turn,
    current: Running,
    prepare: () => Promise<PendingTurn>,
    onStart: OnStart,
  ): Promise<void> {
    const { signal } = current.controller;
    let key = firstKey;
    let turnId = turn.id;
    let hasBegun = false;
    const change = (how: (turn: Turn) => Turn) => updateTurn(key, turnId, how);
    running.set(key, current);
    try {
      const pending = await prepare();
      signal.throwIfAborted();
      current.pending = pending;
      pendingTurns.keep(key, pending);
      const onReconnecting = (isReconnecting: boolean) => change((shown) => ({ ...shown, isReconnecting }));
      for await (const event of followAnswer(pending, { signal, onReconnecting })) {
        if (event.event === "start") {
          const { conversation_id: id, message_id: messageId } = event.data;
          hasBegun = true;
          change((begun) => ({ ...begun, id: messageId, hasBegun: true }));
          turnId = messageId;
          pendingTurns.drop(key);
          if (threads.get(key)?.id !== id) {
            key = moveTo(key, keyOf(pending.assistantId, id), id);
            onStart(pending.assistantId, id);
          }
          pendingTurns.keep(key, { ...pending, messageId });
        }
        change((begun) => applyEvent(begun, event));
      }
    } catch (error) {
      if (signal.aborted) return change((begun) => ({ ...begun, status: "stopped" }));
      const problem = asProblem(error);
      if (hasBegun) return change((begun) => ({ ...begun, status: "failed", problem }));
      update(key, ({ turns }) => ({
        turns: turns.filter(({ id }) => id !== turnId),
        unsent: { question: turn.question, problem },
      }));
    } finally {
      pendingTurns.drop(key);
      if (running.get(key) === current) running.delete(key);
      settled += 1;
      for (const listener of listeners) listener();
    }
  }

  /** Ends the answer on its way, here at once and at the API, which then keeps what there is of it. */
  function stop(key: string): void {
    const current = running.get(key);
    if (!current) return;
    current.controller.abort();
    if (!current.pending) return;
    const { assistantId, body } = current.pending;
    const send = () => callApi(`/chat/${assistantId}/turns/${body.turn_id}/stop`, { method: "POST" });
    // One that can't be stopped ends by itself a little later, as nobody listens.
    const stopped = onceKept(send, 1).then(
      () => {},
      () => {},
    );
    stopping.set(key, stopped);
    void stopped.then(() => {
      if (stopping.get(key) === stopped) stopping.delete(key);
    });
  }

  /** Keeps what the reader thinks of an answer: at once on the page, taken back where it couldn't be kept. Throws `ApiProblem`. */
  async function rate(key: string, id: string, feedback: Feedback | null): Promise<void> {
    const before = threads.get(key)?.turns.find((turn) => turn.id === id)?.feedback ?? null;
    const show = (shown: Feedback | null) => updateTurn(key, id, (turn) => ({ ...turn, feedback: shown }));
    show(feedback);
    const body = feedback ? { ...feedback, comment: feedback.comment ?? "" } : { rating: null };
    const [assistantId] = key.split("/");
    const send = () => callApi(`/chat/${assistantId}/messages/${id}/feedback`, { body });
    await ratingInTurn(send).catch((error: unknown) => {
      show(before);
      throw asProblem(error);
    });
  }

  /** A thread that has got its id goes by it. */
  function moveTo(from: string, to: string, id: string): string {
    const thread = threads.get(from) ?? EMPTY;
    const current = running.get(from);
    running.delete(from);
    if (current) running.set(to, current);
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
    /** Takes up the question of a conversation that isn't begun yet, if the page was left with one on its way. */
    resume(key: string, onStart: OnStart): void {
      const pending = pendingTurns.find(key);
      if (pending && !threads.has(key)) void rejoin(key, pending, onStart);
    },
    stop: (key: string) => stop(moved.get(key) ?? key),
    dropUnsent: (key: string) => update(key, () => ({ unsent: null })),
    /** Forgets what is kept of a conversation, so that it is loaded anew, or not at all. */
    forget(key: string): void {
      stop(moved.get(key) ?? key);
      moved.delete(key);
      pendingTurns.drop(key);
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
