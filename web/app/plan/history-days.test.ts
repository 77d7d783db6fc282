import { expect, test } from "vitest";
import type { UsageDay } from "../api/shapes.ts";
import { historyCsv } from "./history-csv.ts";
import { amountOn, fillDays, topOf } from "./history-days.ts";

const NOW = new Date("2026-03-01T00:30:00Z");

const used: UsageDay = {
  period: "2026-02-28",
  questions: 3,
  pages: 12,
  documents: 1,
  embedding_tokens: 10,
  prompt_tokens: 200,
  completion_tokens: 30,
  cost: { amount: 0.0125, currency: "USD" },
  unpriced: 2,
  assistants: [],
};

test("days without use are there with nothing, across the end of a month", () => {
  const days = fillDays([used], NOW, 3);
  expect(days.map(({ period, questions }) => [period, questions])).toEqual([
    ["2026-02-27", 0],
    ["2026-02-28", 3],
    ["2026-03-01", 0],
  ]);
  expect(days.map((day) => amountOn(day, "tokens"))).toEqual([0, 240, 0]);
});

test("the top of a chart is round and holds the greatest value", () => {
  expect([[0], [1], [3, 7], [11], [480, 20], [0.0125]].map(topOf)).toEqual([1, 1, 8, 12, 600, 0.016]);
});

test("the CSV has a line a day under the names of its columns", () => {
  expect(historyCsv(fillDays([used], NOW, 2))).toBe(
    "day,questions,pages,documents,embedding_tokens,prompt_tokens,completion_tokens,cost,currency,unpriced_calls\r\n" +
      "2026-02-28,3,12,1,10,200,30,0.0125,USD,2\r\n" +
      "2026-03-01,0,0,0,0,0,0,0,USD,0\r\n",
  );
});
