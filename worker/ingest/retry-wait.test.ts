import { expect, test } from "vitest";
import { retryWait } from "./retry-wait.ts";

const waits = (kind: "ingest" | "purge", lot: number) =>
  Array.from({ length: 12 }, (_, index) => retryWait({ kind, attempts: index + 1 }, null, lot));

test("waits double up to a minute, or to 80 minutes for what is never given up", () => {
  expect(waits("ingest", 0)).toEqual([5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60]);
  expect(waits("purge", 0).slice(-3)).toEqual([2_560, 4_800, 4_800]);
});

test("what failed together is spread over a quarter of the wait", () => {
  expect(waits("ingest", 1).slice(0, 2)).toEqual([6.25, 12.5]);
  const drawn = new Set(Array.from({ length: 20 }, () => retryWait({ kind: "ingest", attempts: 3 }, null)));
  expect(drawn.size).toBeGreaterThan(1);
});

test("an upstream's word counts whatever the number of tries, from a second to an hour", () => {
  expect(retryWait({ kind: "ingest", attempts: 1 }, 120, 0)).toBe(120);
  expect(retryWait({ kind: "ingest", attempts: 9 }, 0.02, 0)).toBe(1);
  expect(retryWait({ kind: "ingest", attempts: 1 }, 1e9, 0)).toBe(3_600);
});
