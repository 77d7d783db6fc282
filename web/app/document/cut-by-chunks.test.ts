import { expect, test } from "vitest";
import type { DocumentChunk } from "../api/shapes.ts";
import { cutByChunks } from "./cut-by-chunks.ts";

const chunk = (
  ordinal: number,
  ...segments: [page: number, start: number, end: number][]
): DocumentChunk => ({
  id: `c${ordinal}`,
  ordinal,
  heading_path: [],
  language: "en",
  segments: segments.map(([page, start, end]) => ({ page, kind: "page", label: null, start, end })),
});

test("a page is cut into its chunks and what lies between them, other pages' segments left out", () => {
  const text = "HEADER\n\nFirst part.\n\nSecond part.";
  const parts = cutByChunks({ number: 2, text }, [
    chunk(5, [2, 21, 33], [3, 0, 4]),
    chunk(4, [1, 0, 50], [2, 8, 19]),
  ]);
  expect(parts.map(({ start, end, chunk: of }) => [text.slice(start, end), of?.ordinal ?? null])).toEqual([
    ["HEADER\n\n", null],
    ["First part.", 4],
    ["Second part.", 5],
  ]);
});
