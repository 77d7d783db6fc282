import { expect, test } from "vitest";
import { numbersIn } from "./terms.ts";

test.each([
  ["1 250,50 €", "1,250.5 €"],
  ["1.250,5", "1250,50"],
  ["12 000", "12,000"],
  ["trois jours", "3 days"],
  ["1. Trente jours", "30 days"],
])("%s and %s name the same numbers", (a, b) => {
  expect(numbersIn(a)).toEqual(numbersIn(b));
});

test.each([
  ["0,125 %", "125 %"],
  ["3.5", "35"],
  ["1 250", "1 251"],
])("%s and %s don't", (a, b) => {
  expect(numbersIn(a)).not.toEqual(numbersIn(b));
});

test("a year before a number is not its thousands", () => {
  expect(numbersIn("En 2025 412 salariés")).toEqual(new Set(["2025", "412"]));
});
