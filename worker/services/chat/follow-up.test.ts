import { expect, test } from "vitest";
import { contextualise, leansOnConversation } from "./follow-up.ts";

const LAST = { question: "Quel est le délai de recours en France ?", question_embedding: [1, 0] };

test.each([
  "et pour la Suisse ?",
  "Pourquoi ?",
  "And for managers?",
  "Combien de temps dure-t-il ?",
  "What about part-time employees working in Germany?",
  "Is it mandatory for every department?",
])("%s leans on the conversation", (question) => {
  expect(leansOnConversation(question)).toBe(true);
});

test.each([
  "Quel est le montant maximal de l’aide juridictionnelle ?",
  "How many days of remote work are allowed per week?",
])("%s stands alone", (question) => {
  expect(leansOnConversation(question)).toBe(false);
});

test("a follow-up takes the last question's words and meaning along", () => {
  const { text, vector } = contextualise("et pour la Suisse ?", [0, 1], LAST);
  expect(text).toBe("Quel est le délai de recours en France ?\net pour la Suisse ?");
  expect(Math.hypot(...vector)).toBeCloseTo(1);
  expect(vector[0]).toBeGreaterThan(0);
  expect(vector[1]).toBeGreaterThan(vector[0] ?? 0);
});

test("vectors of another model are not mixed", () => {
  const other = { ...LAST, question_embedding: [1, 0, 0] };
  expect(contextualise("et pour la Suisse ?", [0, 1], other).vector).toEqual([0, 1]);
});
