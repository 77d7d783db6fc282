import { expect, test } from "vitest";
import { cpuTimeOf, parseUsage, sumOfTree } from "./cpu-time.ts";

test("parent and time are read behind a name that holds anything", () => {
  const rest = "S 7 42 42 0 -1 4194304 100 0 0 0 25 5 90 90 20 0 1 0 100";
  expect(parseUsage(`42 (a ) b) ${rest}`)).toEqual({ pid: 42, parent: 7, cpuMs: 300 });
  expect(parseUsage("")).toBeNull();
});

test("a process is counted with its descendants and nobody else", () => {
  const processes = [
    { pid: 1, parent: 0, cpuMs: 1_000 },
    { pid: 2, parent: 1, cpuMs: 10 },
    { pid: 3, parent: 2, cpuMs: 20 },
    { pid: 4, parent: 3, cpuMs: 40 },
    { pid: 5, parent: 1, cpuMs: 500 },
  ];
  expect(sumOfTree(processes, 2)).toBe(70);
  expect(sumOfTree(processes, 9)).toBe(0);
});

test.runIf(process.platform === "linux")("this process' own time grows as it works", () => {
  const before = cpuTimeOf(process.pid);
  const until = process.cpuUsage().user + 100_000;
  while (process.cpuUsage().user < until);
  expect(cpuTimeOf(process.pid) - before).toBeGreaterThanOrEqual(50);
});
