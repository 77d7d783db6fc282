import { expect, test } from "vitest";
import { holdsKind } from "./answer-kinds.ts";
import { analyseQuestion } from "./question.ts";

function fits(question: string, sentence: string): number {
  const read = analyseQuestion(question, null);
  return holdsKind(read, sentence, new Set(read.terms.map((term) => term.stem)));
}

test("a count wants its own unit", () => {
  const question = "Combien de semaines dure le stage ?";
  expect(fits(question, "Il dure six semaines.")).toBe(1);
  expect(fits(question, "Il compte 12 participants.")).toBeLessThan(1);
  expect(fits("How many working days are granted?", "Staff get 30 working days.")).toBe(1);
});

test("an age, a price and a frequency are told from any other figure", () => {
  expect(fits("À quel âge peut-on voter ?", "On vote à partir de 18 ans.")).toBe(1);
  expect(fits("À quel âge peut-on voter ?", "L'article 3 le prévoit.")).toBeLessThan(1);
  expect(fits("Quel est le prix du timbre ?", "Il coûte 25 €.")).toBe(1);
  expect(fits("How often is it checked?", "It is checked twice a year.")).toBe(1);
});

test("who may be answered by a role, better by a name", () => {
  expect(fits("Qui signe la convention ?", "Elle est signée par le maire.")).toBeGreaterThan(0);
  expect(fits("Qui signe la convention ?", "Elle est signée par Jeanne Martin.")).toBe(1);
  expect(fits("Qui signe la convention ?", "Elle est signée à la fin.")).toBe(0);
});
