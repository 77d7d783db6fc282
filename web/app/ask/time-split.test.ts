import { expect, test } from "vitest";
import { splitTime } from "./time-split.ts";

const none = { embedding: null, retrieval: null, model_wait: null, writing: null };

test("steps that run side by side count once, and the whole is accounted for", () => {
  const time = {
    auth: 20,
    context: 30,
    embedding: 120,
    retrieval: 60,
    model_wait: 800,
    writing: 900,
    total: 1_900,
  };
  expect(splitTime(time)).toEqual([
    { step: "preparing", ms: 140 },
    { step: "searching", ms: 60 },
    { step: "waiting", ms: 800 },
    { step: "writing", ms: 900 },
  ]);
});

test("an answer without a model has no such steps, but what else it took", () => {
  expect(splitTime({ ...none, auth: 10, context: 20, total: 80 })).toEqual([
    { step: "preparing", ms: 30 },
    { step: "rest", ms: 50 },
  ]);
});
