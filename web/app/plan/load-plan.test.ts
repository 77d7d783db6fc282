import { expect, test } from "vitest";
import { historyPath } from "./load-plan.ts";

test("the history spans ninety UTC days, today's included", () => {
  const path = historyPath(new Date("2026-03-01T00:30:00Z"));
  expect(path).toBe("/usage/history?from=2025-12-02&to=2026-03-01&granularity=day");
});
