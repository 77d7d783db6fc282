import { expect, test } from "vitest";
import type { UsageMetric } from "../api/shapes.ts";
import { pressingLimits } from "./pressing-limits.ts";

const metric = (name: UsageMetric["metric"], used: number, limit: number): UsageMetric => ({
  metric: name,
  used,
  limit,
  resets_at: null,
});

test("what is near a limit or past it is told, the fullest first", () => {
  const metrics = [metric("questions", 80, 100), metric("pages", 79, 100), metric("documents", 101, 100)];
  expect(pressingLimits(metrics).map(({ metric: name, level }) => [name, level])).toEqual([
    ["documents", "full"],
    ["questions", "near"],
  ]);
});

test("the only seat of a plan being taken is nothing to tell", () => {
  expect(pressingLimits([metric("members", 1, 1)])).toEqual([]);
});
