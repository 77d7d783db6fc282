import { expect, test } from "vitest";
import type { Segment } from "../cut-answer.ts";
import { parseAnswer } from "./parse-answer.ts";
import { spreadMarks } from "./spread-marks.ts";

/** One segment a sentence, as `cutAnswer` makes them. */
function segmentsOf(markdown: string, ...sentences: string[]): Segment[] {
  return sentences.map((text) => ({ start: markdown.indexOf(text), text, marks: [], doubt: null }));
}

test("a sentence that emphasis divides has its marks once, after its last word", () => {
  const markdown = "- The rent is **500 €**.\n- Paid **monthly**";
  const cut = spreadMarks(
    parseAnswer(markdown),
    segmentsOf(markdown, "- The rent is **500 €**.", "- Paid **monthly**"),
  );
  const stretches = [...cut.values()].flat();
  expect(stretches.map(({ text, isLast }) => [text, isLast])).toEqual([
    ["The rent is ", false],
    ["500 €", false],
    [".", true],
    ["Paid ", false],
    ["monthly", true],
  ]);
});

test("a paragraph of two sentences is cut between them", () => {
  const markdown = "One month. Two rents.";
  const cut = spreadMarks(parseAnswer(markdown), segmentsOf(markdown, "One month. ", "Two rents."));
  expect([...cut.values()].flat().map(({ text }) => text)).toEqual(["One month. ", "Two rents."]);
});
