import { expect, test } from "vitest";
import { type Asked, addedPerToken, type Block, ownTime, percentiles, summarise } from "./measures.ts";
import { judge } from "./report.ts";
import type { UpstreamCall } from "./upstream-calls.ts";

const EMBEDDING: UpstreamCall = { number: 1, kind: "embedding", waitMs: 41, writingMs: 0 };
const REPHRASE: UpstreamCall = { number: 1, kind: "rephrase", waitMs: 251, writingMs: 75 };
const ANSWER: UpstreamCall = { number: 1, kind: "answer", waitMs: 252, writingMs: 295 };

function asked(firstMs: number | null, change: Partial<Asked> = {}): Asked {
  const heard = { text: "x", writingMs: 295, done: true, error: null, conversationId: null };
  return {
    turn: "first",
    number: 1,
    listened: { ...heard, firstMs },
    calls: [EMBEDDING, ANSWER],
    whole: true,
    ...change,
  };
}

function block(system: string, round: number, firstMs: number, change: Partial<Block> = {}): Block {
  return { system, listeners: 1, round, asked: [asked(firstMs)], cpuMs: 30, databaseTrips: null, ...change };
}

test("own time is what is left of the first text's time without the model's real waits", () => {
  expect(ownTime(asked(300))).toBe(300 - 41 - 252);
  expect(ownTime(asked(null))).toBeNull();
});

test("a rephrased question is waited for to its last token, an answer to its first", () => {
  expect(ownTime(asked(700, { calls: [REPHRASE, EMBEDDING, ANSWER] }))).toBe(700 - 326 - 41 - 252);
});

test("what is added between tokens is spread over the 59 gaps of an answer", () => {
  const slow = asked(300);
  slow.listened.writingMs = 295 + 59;
  expect(addedPerToken(slow)).toBe(1);
  expect(addedPerToken(asked(300, { calls: [EMBEDDING] }))).toBeNull();
});

test("percentiles leave out what isn't known", () => {
  expect(percentiles([null, 3, 1, 2])?.p50).toBe(2);
  expect(percentiles([null])).toBeNull();
});

test("a summary counts faults, and shares CPU time and trips among all answers", () => {
  const failed = asked(null, { whole: false });
  failed.listened.error = "503";
  const summaries = summarise([
    block("Ancre", 1, 300, { databaseTrips: 4 }),
    block("Ancre", 2, 320, {
      databaseTrips: 8,
      cpuMs: 90,
      asked: [failed, asked(310, { turn: "follow-up", whole: false })],
    }),
  ]);
  expect(summaries).toMatchObject([
    { turn: "first", answers: 2, errors: 1, incomplete: 0, cpuMsPerAnswer: 40, databaseTripsPerAnswer: 4 },
    { turn: "follow-up", answers: 1, errors: 0, incomplete: 1, modelCalls: 2 },
  ]);
});

test("a ratio is judged round by round, and a third call to a model or a cut answer misses its bar", () => {
  const blocks = [
    block("Ancre", 1, 303 + 2 * 7),
    block("LangChain lean", 1, 303),
    block("Ancre", 2, 313),
    block("LangChain lean", 2, 303),
  ];
  const bars = (all: Block[]) =>
    judge(all, [...Map.groupBy(all, ({ system }) => system).values()].flatMap(summarise));
  expect(bars(blocks).map(({ reached }) => reached)).toEqual([false, true, true]);
  expect(bars(blocks)[0]?.value).toMatch(/^× 2\.\d\d/);
  const worse = block("Ancre", 3, 303, {
    asked: [asked(303, { calls: [REPHRASE, EMBEDDING, ANSWER], whole: false })],
  });
  expect(bars([...blocks, worse, block("LangChain lean", 3, 303)]).slice(1)).toMatchObject([
    { reached: false },
    { value: "1", reached: false },
  ]);
});
