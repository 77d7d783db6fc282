import { expect, test } from "vitest";
import { contextualise, leansOnConversation } from "./follow-up.ts";

const LAST = { text: "Quel est le délai de recours en France ?", vector: [1, 0] };
const QUESTION = "et pour la Suisse ?";

test.each([
  "et pour la Suisse ?",
  "Pourquoi ?",
  "And for managers?",
  "Combien de temps dure-t-il ?",
  "What about part-time employees working in Germany?",
  "Combien coûte-t-elle ?",
  "Is it mandatory?",
])("%s leans on the conversation", (question) => {
  expect(leansOnConversation(question)).toBe(true);
});

test.each([
  "Quel est le chiffre d’affaires en 2025 ?",
  "Y a-t-il un délai de recours pour cette décision ?",
  "Quand faut-il déclarer une embauche à l’Urssaf ?",
  "Quels documents faut-il fournir en cas de perte du permis de conduire ?",
  "Quel est le montant maximal de l’aide juridictionnelle ?",
  "How many days of remote work are allowed per week?",
])("%s stands alone", (question) => {
  expect(leansOnConversation(question)).toBe(false);
});

test("a follow-up takes the last question's words and meaning along", () => {
  const { text, toVector } = contextualise(QUESTION, LAST);
  const vector = toVector([0, 1]);
  expect(text).toBe("Quel est le délai de recours en France ?\net pour la Suisse ?");
  expect(Math.hypot(...vector)).toBeCloseTo(1);
  expect(vector[0]).toBeGreaterThan(0);
  expect(vector[1]).toBeGreaterThan(vector[0] ?? 0);
});

test("vectors of another model are not mixed", () => {
  expect(contextualise(QUESTION, { ...LAST, vector: [1, 0, 0] }).toVector([0, 1])).toEqual([0, 1]);
});
