import { expect, test } from "vitest";
import { daysAgo, groupByDay } from "./group-by-day.ts";

const conversation = (id: string, moment: Date) => ({
  id,
  assistant_id: "a",
  title: id,
  created_at: moment.toISOString(),
  updated_at: moment.toISOString(),
});

test("conversations stand under the reader's own days, in their order", () => {
  const days = groupByDay([
    conversation("late", new Date(2026, 10, 24, 23, 50)),
    conversation("early", new Date(2026, 10, 24, 0, 10)),
    conversation("before", new Date(2026, 10, 23, 23, 59)),
  ]);
  expect(days.map(({ key, conversations }) => [key, conversations.map(({ id }) => id)])).toEqual([
    ["2026-11-24", ["late", "early"]],
    ["2026-11-23", ["before"]],
  ]);
});

test("yesterday is one day ago, over the end of a month too", () => {
  const now = new Date(2026, 11, 1, 0, 5);
  expect(daysAgo("2026-12-01", now)).toBe(0);
  expect(daysAgo("2026-11-30", now)).toBe(1);
});
