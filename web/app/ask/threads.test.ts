import { afterEach, expect, test, vi } from "vitest";
import { createThreads, isThreadAnswering, keyOf } from "./threads.ts";

const NEW = keyOf("a", null);
const KEPT = keyOf("a", "c");

function answerWith(...answers: ((signal: AbortSignal) => Response | Promise<Response>)[]) {
  const bodies: unknown[] = [];
  vi.stubGlobal("fetch", async (_url: string, { body, signal }: RequestInit) => {
    bodies.push(typeof body === "string" ? JSON.parse(body) : null);
    return answers.shift()?.(signal ?? new AbortController().signal);
  });
  return bodies;
}

afterEach(() => vi.unstubAllGlobals());

const events = (...list: [string, unknown][]) =>
  new Response(list.map(([event, data]) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`).join(""));
const START: [string, unknown] = ["start", { conversation_id: "c", message_id: "m" }];
const DONE: [string, unknown] = [
  "done",
  { refused: false, unanchored: [], receipt: null, finish_reason: "stop" },
];
const QUESTION = { assistantId: async () => "a", onStart: () => {} };

test("a first answer gives its thread a name, and the next question is asked in it", async () => {
  const threads = createThreads();
  const bodies = answerWith(
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
  expect(bodies).toEqual([{ message: "Notice?" }, { message: "Deposit?", conversation_id: "c" }]);
});

test("a question that nothing came of goes back, an answer that broke off stays", async () => {
  const threads = createThreads();
  answerWith(
    () => Response.json({ code: "unauthenticated", detail: "", request_id: "r" }, { status: 401 }),
    () => events(START, ["delta", { text: "One" }]),
  );
  await threads.ask(NEW, { ...QUESTION, question: "Notice?" });
  expect(threads.get(NEW)).toMatchObject({
    turns: [],
    unsent: { question: "Notice?", problem: { code: "unauthenticated" } },
  });
  await threads.ask(NEW, { ...QUESTION, question: "Notice?" });
  expect(threads.get(KEPT).turns).toMatchObject([
    { status: "failed", text: "One", problem: { code: "interrupted" } },
  ]);
});

const GONE = () => Response.json({ code: "not_found", detail: "", request_id: "r" }, { status: 404 });

test("an answer is stopped wherever its thread went, and asked for again before it is kept", async () => {
  const threads = createThreads();
  const bodies = answerWith(
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
    () => events(["start", { conversation_id: "c", message_id: "n" }], DONE),
  );
  const begun = Promise.withResolvers<void>();
  const asked = threads.ask(NEW, { ...QUESTION, question: "Notice?", onStart: () => begun.resolve() });
  await begun.promise;
  expect(isThreadAnswering(threads.get(KEPT))).toBe(true);
  threads.stop(KEPT);
  await asked;
  expect(threads.get(KEPT).turns).toMatchObject([{ id: "m", status: "stopped" }]);

  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const again = threads.ask(KEPT, { ...QUESTION, question: "Notice?", revises: "m" });
  await vi.runAllTimersAsync();
  await again;
  vi.useRealTimers();
  expect(threads.get(KEPT).turns).toMatchObject([{ status: "stopped" }, { id: "n", status: "done" }]);
  expect(bodies.at(-1)).toEqual({ message: "Notice?", conversation_id: "c", revises: "m" });
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
  const bodies = answerWith(
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
  expect(bodies.at(-1)).toEqual({ rating: "up", comment: "" });
  await expect(threads.rate(KEPT, "m", null)).rejects.toMatchObject({ code: "internal" });
  expect(bodies.at(-1)).toEqual({ rating: null });
  expect(shown()).toEqual(up);
});
