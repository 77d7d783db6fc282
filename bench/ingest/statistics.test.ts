import { expect, test } from "vitest";
import { cpuTime, formatSpread, interleave, ratioOf, spreadOf } from "./statistics.ts";

test("a spread is the median and the quartiles, whatever the order", () => {
  expect(spreadOf([4, 1, 3, 2, 5])).toEqual({ median: 3, low: 2, high: 4 });
  expect(spreadOf([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
  expect(formatSpread(spreadOf([4, 1, 3, 2, 5]))).toBe("3.00 (2.00–4.00)");
});

test("ratios are taken round by round: a slow round is slow for both", () => {
  expect(ratioOf([10, 100, 20], [20, 200, 40])).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
});

test("ways take turns, another one first each round, and the first round doesn't count", async () => {
  const order: string[] = [];
  const times = await interleave({ a: () => order.push("a"), b: async () => order.push("b") }, 2);
  expect(order.join("")).toBe("abbaab");
  expect(times.a).toHaveLength(2);
  expect(times.b).toHaveLength(2);
});

test("CPU time counts work, not waiting", async () => {
  const work = () => {
    let sum = 0;
    for (let turn = 0; turn < 20_000_000; turn++) sum += Math.sqrt(turn);
    expect(sum).toBeGreaterThan(0);
  };
  await cpuTime(work);
  const startedAt = performance.now();
  const worked = await cpuTime(work);
  const tookMs = performance.now() - startedAt;
  const waited = await cpuTime(() => new Promise((resolve) => setTimeout(resolve, 10 * tookMs)));
  expect(worked).toBeGreaterThan(0);
  expect(waited).toBeLessThan(5 * tookMs);
});
