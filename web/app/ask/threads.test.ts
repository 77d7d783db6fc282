import { afterEach, expect, test, vi } from "vitest";
import { createThreads, isThreadAnswering, keyOf } from "./threads.ts";

const NEW = keyOf("a", null);
const KEPT = keyOf("a", "c");

type Call = { path: string; body: Record<string, string> | null; lastEventId: string | null };

/** Answers calls in turn with what is given; says which calls there were. */
function answerWith(...answers: ((signal: AbortSignal) => Response | Promise<Response>)[]) {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (url: string, { body, signal, headers }: RequestInit) => {
    calls.push({
      path: url.replace("/api/v1", ""),
      body: typeof body === "string" ? JSON.parse(body) : null,
      lastEventId: new Headers(headers).get("Last-Event-ID"),
    });
    return answers.shift()?.(signal ?? new AbortController().signal);
  });
  return calls;
}

/** What the browser keeps for a tab. */
function stubStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
    removeItem: (name: string) => kept.delete(name),
  });
  return kept;
}

/** Lets timers pass until some work has come to its end. */
async function hurry(work: () => Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const ended = work();
  await vi.runAllTimersAsync();
  await ended;
  vi.useRealTimers();
}

afterEach(() => vi.unstubAllGlobals());

const events = (...list: [string, unknown][]) =>
  new Response(
    list
      .map(([event, data], at) => `id: ${event}${at}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      .join(""),
  );
const START: [string, unknown] = ["start", { conversation_id: "c", message_id: "m" }];
const DONE: [string, unknown] = [
  "done",
  { refused: false, unanchored: [], receipt: null, finish_reason: "stop" },
];
const QUESTION = { assistantId: async () => "a", onStart: () => {} };

test("a first answer gives its thread a name, and the next question is asked in it", async () => {
  const threads = createThreads();
  const calls = answerWith(
    () => events(START, ["delta", { text: "One month." }], DONE),
    () => events(["start", { conversation_id: "c", message_id: "n" }], DONE),
  );
  await threads.ask(NEW, { ...QUESTION, question: "Notice?" });
  // It stays in sight where it began until the page has followed it.
  expect(threads.get(NEW)).toBe(threads.get(KEPT));
  threads.arrive(KEPT);
  expect(threads.get(NEW).turns).toEqual([]);
  expect(threads.get(KEPT).turns).toMatchObject([{ id: "m", status: "done", text: "One month." }]);
  await threads.ask(KEPT, { ...QUESTION, question: "Deposit?" });
  expect(calls.map(({ body }) => body)).toEqual([
    { message: "Notice?", turn_id: expect.any(String) },
    { message: "Deposit?", turn_id: expect.any(String), conversation_id: "c" },
  ]);
  expect(calls[0]?.body?.turn_id).not.toBe(calls[1]?.body?.turn_id);
});

test("a question that nothing came of goes back", async () => {
  const threads = createThreads();
  answerWith(() => Response.json({ code: "unauthenticated", detail: "", request_id: "r" }, { status: 401 }));
  await threads.ask(NEW, { ...QUESTION, question: "Notice?" });
  expect(threads.get(NEW)).toMatchObject({
    turns: [],
    unsent: { question: "Notice?", problem: { code: "unauthenticated" } },
  });
});

const OFFLINE = () => Promise.reject(new TypeError("Failed to fetch"));

test("an answer that is cut off is gone on with where it was, and says that it is looked for", async () => {
  const threads = createThreads();
  const calls = answerWith(
    () => events(START, ["delta", { text: "One" }]),
    OFFLINE,
    () => new Response("<html>", { status: 502 }),
    () => events(["delta", { text: " month." }], DONE),
  );
  const seen = new Set<boolean | undefined>();
  threads.subscribe(() => seen.add(threads.get(KEPT).turns[0]?.isReconnecting));
  await hurry(() => threads.ask(NEW, { ...QUESTION, question: "Notice?" }));
  expect(threads.get(KEPT).turns).toMatchObject([
    { status: "done", text: "One month.", isReconnecting: false, problem: null },
  ]);
  expect(seen).toContain(true);
  expect(calls.map(({ lastEventId }) => lastEventId)).toEqual([null, "delta1", "delta1", "delta1"]);
  expect(new Set(calls.map(({ body }) => body?.turn_id)).size).toBe(1);
});

test("an answer that can't be found again stays as far as it came", async () => {
  const cut = () => events(START, ["delta", { text: "One" }]);
  for (const rest of [Array.from({ length: 9 }, () => OFFLINE), [GONE]]) {
    const threads = createThreads();
    const calls = answerWith(cut, ...rest);
    await hurry(() => threads.ask(NEW, { ...QUESTION, question: "Notice?" }));
    expect(threads.get(KEPT).turns).toMatchObject([
      { status: "failed", text: "One", problem: { code: "interrupted" } },
    ]);
    expect(calls).toHaveLength(1 + rest.length);
  }
});

test("a page that is loaded anew in the middle of an answer shows it to its end", async () => {
  const kept = stubStorage();
  const unfinished = () => {
    const text = `id: 1\nevent: start\ndata: ${JSON.stringify(START[1])}\n\n`;
    return new Response(
      new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode(text)) }),
    );
  };
  const first = answerWith(unfinished);
  const begun = Promise.withResolvers<void>();
  void createThreads().ask(NEW, { ...QUESTION, question: "Notice?", onStart: () => begun.resolve() });
  await begun.promise;
  await vi.waitFor(() => expect([...kept.keys()]).toEqual([`ancre.turn.${KEPT}`]));

  const threads = createThreads();
  const calls = answerWith(GONE, () => events(START, ["delta", { text: "One month." }], DONE));
  await threads.load(KEPT, "a", "c");
  expect(threads.get(KEPT)).toMatchObject({
    status: "ready",
    turns: [{ id: "m", question: "Notice?", status: "done", text: "One month." }],
  });
  expect(calls[1]).toMatchObject({ body: first[0]?.body, lastEventId: null });
  expect(kept.size).toBe(0);
});

test("an answer that ended while its page was loaded anew is shown once", async () => {
  const kept = stubStorage();
  const pending = {
    assistantId: "a",
    revises: null,
    body: { message: "Notice?", turn_id: "t" },
    messageId: "m",
  };
  kept.set(`ancre.turn.${KEPT}`, JSON.stringify(pending));
  const threads = createThreads();
  const message = { id: "m", question: "Notice?", answer: "One month.", status: "complete", citations: [] };
  answerWith(() => Response.json({ id: "c", messages: [message] }));
  await threads.load(KEPT, "a", "c");
  expect(threads.get(KEPT).turns).toMatchObject([{ id: "m", status: "done" }]);
  expect(kept.size).toBe(0);
});

test("a question left before its answer began is taken up where it was asked", async () => {
  const kept = stubStorage();
  const pending = {
    assistantId: "a",
    revises: null,
    body: { message: "Notice?", turn_id: "t" },
    messageId: null,
  };
  kept.set(`ancre.turn.${NEW}`, JSON.stringify(pending));
  const threads = createThreads();
  const calls = answerWith(() => events(START, DONE));
  const began = Promise.withResolvers<string>();
  threads.resume(NEW, (_, conversation) => began.resolve(conversation));
  expect(await began.promise).toBe("c");
  await vi.waitFor(() => expect(threads.get(KEPT).turns).toMatchObject([{ id: "m", status: "done" }]));
  expect(calls[0]?.body).toEqual(pending.body);
});

const GONE = () => Response.json({ code: "not_found", detail: "", request_id: "r" }, { status: 404 });

test("an answer is stopped wherever its thread went, and the next question waits until it is kept", async () => {
  const threads = createThreads();
  const kept = Promise.withResolvers<Response>();
  const calls = answerWith(
    (signal) =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.enqueue(
              new TextEncoder().encode(`event: start\ndata: ${JSON.stringify(START[1])}\n\n`),
            );
            signal.addEventListener("abort", () => controller.error(signal.reason));
          },
        }),
      ),
    GONE,
    () => kept.promise,
    () => events(["start", { conversation_id: "c", message_id: "n" }], DONE),
  );
  const begun = Promise.withResolvers<void>();
  const asked = threads.ask(NEW, { ...QUESTION, question: "Notice?", onStart: () => begun.resolve() });
  await begun.promise;
  expect(isThreadAnswering(threads.get(KEPT))).toBe(true);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  threads.stop(KEPT);
  await asked;
  expect(threads.get(KEPT).turns).toMatchObject([{ id: "m", status: "stopped" }]);
  const again = threads.ask(KEPT, { ...QUESTION, question: "Notice?", revises: "m" });
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  const stop = `/chat/a/turns/${calls[0]?.body?.turn_id}/stop`;
  expect(calls.slice(1)).toMatchObject([{ path: stop }, { path: stop }]);
  kept.resolve(Response.json({ message_id: "m", status: "interrupted" }));
  await again;
  expect(threads.get(KEPT).turns).toMatchObject([{ status: "stopped" }, { id: "n", status: "done" }]);
  expect(calls.at(-1)?.body).toMatchObject({ message: "Notice?", conversation_id: "c", revises: "m" });
});

test("a conversation that was kept shows its anchors; one that isn't there says so", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const threads = createThreads();
  const message = {
    id: "m",
    question: "Notice?",
    answer: "One month.",
    status: "complete",
    citations: [{ quote: "q" }],
  };
  answerWith(() => Response.json({ id: "c", messages: [message] }), GONE, GONE);
  await threads.load(KEPT, "a", "c");
  expect(threads.get(KEPT).turns).toMatchObject([{ id: "m", status: "done", citations: [{ quote: "q" }] }]);
  const loading = threads.load(keyOf("a", "x"), "a", "x");
  await vi.runAllTimersAsync();
  await loading;
  vi.useRealTimers();
  expect(threads.get(keyOf("a", "x"))).toMatchObject({ status: "failed", problem: { code: "not_found" } });
});

test("what is thought of an answer shows at once, and is taken back where it can't be kept", async () => {
  const threads = createThreads();
  const calls = answerWith(
    () => events(START, ["delta", { text: "One month." }], DONE),
    () => Response.json({ feedback: null }),
    () => Response.json({ code: "internal", detail: "", request_id: "r" }, { status: 500 }),
  );
  await threads.ask(NEW, { ...QUESTION, question: "Notice?" });
  const shown = () => threads.get(KEPT).turns[0]?.feedback;
  const up = { rating: "up", comment: null } as const;
  const kept = threads.rate(KEPT, "m", up);
  expect(shown()).toEqual(up);
  await kept;
  expect(calls.at(-1)?.body).toEqual({ rating: "up", comment: "" });
  await expect(threads.rate(KEPT, "m", null)).rejects.toMatchObject({ code: "internal" });
  expect(calls.at(-1)?.body).toEqual({ rating: null });
  expect(shown()).toEqual(up);
});

test("a comment is sent after the rating before it has arrived, however long that takes", async () => {
  const threads = createThreads();
  let arrive = (_: Response) => {};
  const slow = new Promise<Response>((resolve) => {
    arrive = resolve;
  });
  const calls = answerWith(
    () => events(START, DONE),
    () => slow,
    () => Response.json({ feedback: null }),
  );
  await threads.ask(NEW, { ...QUESTION, question: "Notice?" });
  const ratings = [
    threads.rate(KEPT, "m", { rating: "down", comment: null }),
    threads.rate(KEPT, "m", { rating: "down", comment: "Which deposit?" }),
  ];
  expect(threads.get(KEPT).turns[0]?.feedback?.comment).toBe("Which deposit?");
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  arrive(Response.json({ feedback: null }));
  await Promise.all(ratings);
  expect(calls.slice(1).map(({ body }) => body?.comment)).toEqual(["", "Which deposit?"]);
});
