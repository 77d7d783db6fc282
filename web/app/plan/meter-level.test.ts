import { expect, test } from "vitest";
import { meterLevel } from "./meter-level.ts";

test.each([
  [0, 2_000, "calm"],
  [1_599, 2_000, "calm"],
  [1_600, 2_000, "near"],
  [1_999, 2_000, "near"],
  [2_000, 2_000, "full"],
  [50_000, 1_000, "full"],
  [0, 0, "full"],
])("%i of %i is %s", (used, limit, level) => {
  expect(meterLevel(used, limit)).toBe(level);
});
