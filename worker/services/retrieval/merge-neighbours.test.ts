import { expect, test } from "vitest";
import { cutSegments } from "../../db/schema/segment.ts";
import type { PageKind } from "../../ports/document-parser.ts";
import { mergeNeighbours } from "./merge-neighbours.ts";

const PAGE = "One two three. Four five six. Seven eight nine.";

function chunk(ordinal: number, start: number, end: number, on: { page?: number; kind?: PageKind } = {}) {
  const { page = 1, kind = "page" } = on;
  return {
    id: `chunk ${ordinal}`,
    document_id: "document",
    ordinal,
    segments: [{ page, kind, label: null, start, end }],
    text: PAGE.slice(start, end),
  };
}

test("neighbours on one page become one passage, in reading order, in the place of the best", () => {
  const far = chunk(7, 0, 14, { page: 5 });
  const merged = mergeNeighbours([chunk(2, 30, 47), far, chunk(0, 0, 14), chunk(1, 15, 29)]);
  expect(merged.map(({ id }) => id)).toEqual(["chunk 2", "chunk 7"]);
  expect(merged[0]?.text).toBe("One two three.\nFour five six.\nSeven eight nine.");
  expect(cutSegments(merged[0]?.segments ?? [], () => PAGE)).toBe(merged[0]?.text);
});

test("a page's end parts neighbours; a section's doesn't", () => {
  expect(mergeNeighbours([chunk(0, 0, 14), chunk(1, 15, 29, { page: 2 })])).toHaveLength(2);
  const section = { kind: "section" as const };
  expect(mergeNeighbours([chunk(0, 0, 14, section), chunk(1, 15, 29, { ...section, page: 2 })])).toHaveLength(
    1,
  );
});

test("chunks of other documents, or with one missing between them, stay apart", () => {
  const other = { ...chunk(1, 15, 29), document_id: "another" };
  expect(mergeNeighbours([chunk(0, 0, 14), other])).toHaveLength(2);
  expect(mergeNeighbours([chunk(0, 0, 14), chunk(2, 30, 47)])).toHaveLength(2);
});

test("a passage doesn't grow past its limit", () => {
  const long = (ordinal: number) => ({ ...chunk(ordinal, 0, 14), text: "x".repeat(1_400) });
  expect(mergeNeighbours([long(0), long(1), long(2)]).map(({ text }) => text.length)).toEqual([2_801, 1_400]);
});
