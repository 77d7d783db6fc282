import { expect, test } from "vitest";
import { groupEntries } from "./group-entries.ts";
import type { EntryRow } from "./open-entry.ts";

const MIB = 2 ** 20;
let ordinal = 0;
const entry = (of: Partial<EntryRow> = {}) =>
  ({
    ordinal: ordinal++,
    attempts: 0,
    size_bytes: 1_000 + ordinal,
    locator: { crc32: ordinal },
    ...of,
  }) as EntryRow;

function sizes(kind: "zip" | "files" | "urls" | "sitemap", entries: EntryRow[]): number[] {
  const groups = groupEntries({ kind }, entries);
  expect(groups.flat()).toEqual(entries);
  return groups.map(({ length }) => length);
}

test("what is stored is taken in four at a time, what comes off the web one by one", () => {
  const nine = Array.from({ length: 9 }, () => entry());
  expect(sizes("zip", nine)).toEqual([4, 4, 1]);
  expect(sizes("files", nine)).toEqual([4, 4, 1]);
  expect(sizes("urls", nine)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(sizes("sitemap", nine.slice(0, 2))).toEqual([1, 1]);
});

test("what was tried before is alone", () => {
  expect(sizes("zip", [entry(), entry(), entry({ attempts: 1 }), entry({ attempts: 1 })])).toEqual([2, 1, 1]);
});

test("together they unpack to a bounded number of bytes, and what claims no size is alone", () => {
  const of = (size_bytes: number | null) => entry({ size_bytes });
  expect(sizes("zip", [of(5 * MIB), of(3 * MIB), of(1), of(50 * MIB), of(1), of(2)])).toEqual([2, 1, 1, 2]);
  expect(sizes("files", [of(1), of(null), of(2)])).toEqual([1, 1, 1]);
});

test("what may be the same bytes is never in one group", () => {
  const alike = { size_bytes: 7, locator: { crc32: 7 } };
  expect(sizes("zip", [entry(alike), entry(), entry(alike), entry(alike)])).toEqual([2, 1, 1]);
  expect(sizes("zip", [entry(alike), entry({ ...alike, locator: { crc32: 8 } })])).toEqual([2]);
  const staged = { size_bytes: 7, locator: { key: "a" } };
  expect(sizes("files", [entry(staged), entry({ ...staged, locator: { key: "b" } })])).toEqual([1, 1]);
});
