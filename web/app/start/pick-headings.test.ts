import { expect, test } from "vitest";
import { pickHeadings } from "./pick-headings.ts";

const page = (...headings: [level: number, title: string][]) => ({
  headings: headings.map(([level, title], offset) => ({ level, title, offset })),
});

test("headings are taken from all over the document, its title left out", () => {
  const pages = [
    page([1, "Handbook"], [2, "Remote work"]),
    page([2, "Holidays"], [3, "Notice"]),
    page([2, "Travel"], [2, "Onboarding"], [2, "Security"]),
  ];
  expect(pickHeadings(pages, 3)).toEqual(["Remote work", "Notice", "Onboarding"]);
});

test("numbers, colons and capitals go; what says nothing, says too much or comes again is passed over", () => {
  const pages = [
    page([1, "TABLE DES MATIÈRES"], [1, "1. Durée du bail :"], [1, "2.3 CLAUSE RÉSOLUTOIRE"]),
    page([1, "IV. Durée du bail"], [1, "A"], [1, "x".repeat(80)], [1, "RGPD"]),
  ];
  expect(pickHeadings(pages, 5)).toEqual(["Durée du bail", "Clause résolutoire", "RGPD"]);
});

test("a document's only heading makes a question; one without any makes none", () => {
  expect(pickHeadings([page([1, "Garden rules"])], 3)).toEqual(["Garden rules"]);
  expect(pickHeadings([page()], 3)).toEqual([]);
});
