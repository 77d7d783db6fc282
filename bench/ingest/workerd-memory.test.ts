import { expect, test } from "vitest";
import { descendants, parseResident, parseStat } from "./workerd-memory.ts";

test("a process's name may hold brackets and spaces", () => {
  expect(parseStat("42 (workerd) S 7 42 42 0 -1 4194304 5022")).toEqual({
    pid: 42,
    parent: 7,
    name: "workerd",
  });
  expect(parseStat("43 (a) b (c) R 42 1 1")).toEqual({ pid: 43, parent: 42, name: "a) b (c" });
  expect(parseStat("")).toBeNull();
});

test("resident memory is read in MB; a process that ended has none", () => {
  expect(parseResident("VmHWM:\t  999999 kB\nVmRSS:\t  125000 kB\nRssAnon:\t 1 kB\n")).toBe(128);
  expect(parseResident("")).toBe(0);
});

test("only descendants count, however deep, and not the same program of somebody else", () => {
  const processes = [
    { pid: 1, parent: 0, name: "init" },
    { pid: 2, parent: 1, name: "node" },
    { pid: 3, parent: 2, name: "node" },
    { pid: 4, parent: 3, name: "workerd" },
    { pid: 5, parent: 2, name: "workerd" },
    { pid: 6, parent: 1, name: "workerd" },
  ];
  expect(descendants(processes, 2, "workerd").sort()).toEqual([4, 5]);
});
