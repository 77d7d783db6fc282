import { expect, test } from "vitest";
import { createCoverage } from "./coverage.ts";

const candidate = (id: string, text: string, heading_path: string[] = []) => ({ id, text, heading_path });

test("a rare word of the question weighs more than one that every candidate holds", () => {
  const coverage = createCoverage("What is the notice period for managers?").among([
    candidate("rare", "Managers have their own rules."),
    candidate("common", "The notice period is a month."),
    candidate("common too", "A notice period may be shortened."),
    candidate("headed", "It is three months.", ["Notice period", "Managers"]),
  ]);
  expect(coverage.get("headed")).toBeCloseTo(1);
  expect(coverage.get("common")).toBeLessThan(2 / 3);
  expect(coverage.get("rare")).toBeGreaterThan(1 / 3);
});

test("a question of nothing but stop words is held by nobody", () => {
  expect(
    createCoverage("Et toi ?")
      .among([candidate("a", "Une page.")])
      .get("a"),
  ).toBe(0);
});
